package io.restconnector.console;

/** What the console answers in place of what was asked for. */
final class ConsoleException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String sentence;

  /**
   * An answer.
   *
   * @param sentence what the page tells
   */
  ConsoleException(int status, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
    this.sentence = sentence;
  }

  int status() {
    return status;
  }

  String sentence() {
    return sentence;
  }
}
