package io.restconnector.spring;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A property that the settings have.
 *
 * @param path of its name, the prefix first, in kebab case; {@link #KEY} stands for the key of a
 *     map, which may have dots where it stands last, and {@link #INDEX} for that of a list
 * @param list whether the index of an element may follow
 */
record KnownProperty(List<String> path, boolean list) {

  private static final String KEY = "<name>";
  private static final String INDEX = "[0]";

  static List<KnownProperty> all() {
    List<KnownProperty> all = new ArrayList<>();
    collect(List.of(RestConnectorProperties.PREFIX), RestConnectorProperties.class, all);
    return all;
  }

  private static void collect(List<String> path, Type type, List<KnownProperty> all) {
    if (type instanceof Class<?> record && record.isRecord()) {
      for (RecordComponent component : record.getRecordComponents()) {
        collect(append(path, kebab(component)), component.getGenericType(), all);
      }
    } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      collect(append(path, KEY), map.getActualTypeArguments()[1], all);
    } else if (type instanceof ParameterizedType list
        && list.getRawType() == List.class
        && list.getActualTypeArguments()[0] instanceof Class<?> element
        && element.isRecord()) {
      collect(append(path, INDEX), element, all);
    } else {
      boolean list = type instanceof ParameterizedType each && each.getRawType() == List.class;
      all.add(new KnownProperty(path, list));
    }
  }

  private static List<String> append(List<String> path, String element) {
    List<String> longer = new ArrayList<>(path);
    longer.add(element);
    return List.copyOf(longer);
  }

  private static String kebab(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  boolean isNamed(ConfigurationPropertyName name) {
    int length = name.getNumberOfElements();
    return length >= path.size()
        && startsAs(name, path.size())
        && (length == path.size()
            || last().equals(KEY)
            || (list && length == path.size() + 1 && name.isNumericIndex(path.size())));
  }

  /** Whether this stands somewhere below the name. */
  boolean isBelow(ConfigurationPropertyName name) {
    int length = name.getNumberOfElements();
    return length < path.size() && startsAs(name, length);
  }

  private boolean startsAs(ConfigurationPropertyName name, int length) {
    for (int i = 0; i < length; i++) {
      String wanted = path.get(i);
      if (wanted.equals(INDEX)) {
        if (!name.isNumericIndex(i)) {
          return false;
        }
      } else if (!wanted.equals(KEY)
          && !wanted.replace("-", "").equals(name.getElement(i, Form.UNIFORM))) {
        return false;
      }
    }
    return true;
  }

  /** The name of this, with the keys of another in place of its own. */
  String like(ConfigurationPropertyName other) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < path.size(); i++) {
      boolean given = path.get(i).equals(KEY) && i < other.getNumberOfElements();
      boolean rest = given && i == path.size() - 1;
      if (path.get(i).equals(INDEX)) {
        boolean has = i < other.getNumberOfElements() && other.isNumericIndex(i);
        name.append('[').append(has ? other.getElement(i, Form.ORIGINAL) : "0").append(']');
        continue;
      }
      name.append(i == 0 ? "" : ".");
      name.append(
          rest
              ? other.subName(i).toString()
              : given ? other.getElement(i, Form.ORIGINAL) : path.get(i));
    }
    return name.toString();
  }

  /** How much of the name a key without end would take in, which does not make it near. */
  int freeLength(ConfigurationPropertyName name) {
    int keyed = path.size() - 1;
    return last().equals(KEY) && name.getNumberOfElements() > keyed
        ? name.subName(keyed).toString().length()
        : 0;
  }

  String last() {
    return path.get(path.size() - 1);
  }
}
