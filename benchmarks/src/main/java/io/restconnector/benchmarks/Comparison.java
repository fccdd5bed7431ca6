package io.restconnector.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Variants measured in alternating rounds, in microseconds unless a title says otherwise. A ratio
 * is taken within a round, where both sides met the same machine; the figure is the median of these
 * ratios.
 */
final class Comparison {

  private final Map<String, double[]> times = new LinkedHashMap<>();

  Comparison(List<String> variants) {
    variants.forEach(variant -> times.put(variant, new double[0]));
  }

  void addRound(Map<String, Double> round) {
    times.replaceAll(
        (variant, before) ->
            DoubleStream.concat(
                    Arrays.stream(before), DoubleStream.of(round.getOrDefault(variant, Double.NaN)))
                .toArray());
  }

  void printTimes(String title) {
    print(title, "µs");
  }

  /** Prints the medians of what was measured in a unit. */
  void print(String title, String unit) {
    System.out.printf("%n%s%n%-34s %9s%n", title, "", unit);
    times.forEach((variant, values) -> System.out.printf("%-34s %9.1f%n", variant, median(values)));
  }

  /** Prints the median of the ratio and its quartiles. */
  void printRatio(String variant, String baseline) {
    double[] over = times.getOrDefault(variant, new double[0]);
    double[] under = times.getOrDefault(baseline, new double[0]);
    double[] ratios =
        IntStream.range(0, over.length).mapToDouble(i -> over[i] / under[i]).toArray();
    System.out.printf(
        "%-60s %6.3f  (%.3f to %.3f)%n",
        variant + " / " + baseline, median(ratios), quantile(ratios, 0.25), quantile(ratios, 0.75));
  }

  /** The median of the ratios of each two values, and its quartiles. */
  static String ratio(double[] over, double[] under) {
    double[] ratios =
        IntStream.range(0, over.length).mapToDouble(i -> over[i] / under[i]).toArray();
    return "%.2f (%.2f to %.2f)"
        .formatted(median(ratios), quantile(ratios, 0.25), quantile(ratios, 0.75));
  }

  /** Prints the ratio of the sums, for what is measured too coarsely in one round. */
  void printRatioOfSums(String variant, String baseline) {
    double over = Arrays.stream(times.getOrDefault(variant, new double[0])).sum();
    double under = Arrays.stream(times.getOrDefault(baseline, new double[0])).sum();
    System.out.printf("%-60s %6.3f  (of sums)%n", variant + " / " + baseline, over / under);
  }

  static double median(double[] values) {
    return quantile(values, 0.5);
  }

  private static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = q * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
