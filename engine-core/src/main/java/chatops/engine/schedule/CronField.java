package chatops.engine.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One field of a cron expression that is a set of numbers: lists, ranges, steps and names. */
final class CronField {
  private static final Pattern PART =
      Pattern.compile("(\\*|[A-Z]{3}|\\d+)(?:-([A-Z]{3}|\\d+))?(?:/(\\d+))?");

  private final String name;
  private final int least;
  private final int most;
  private final List<String> names;

  /** @param names of the values from {@code least} on, in capitals; empty when there are none */
  CronField(String name, int least, int most, List<String> names) {
    this.name = name;
    this.least = least;
    this.most = most;
    this.names = names;
  }

  BitSet read(String text) {
    BitSet values = new BitSet();
    for (String part : text.toUpperCase(Locale.ROOT).split(",", -1)) {
      read(part, text, values);
    }
    return values;
  }

  private void read(String part, String text, BitSet values) {
    Matcher form = PART.matcher(part);
    if (!form.matches()) {
      throw wrong(text);
    }
    boolean isAll = form.group(1).equals("*");
    if (isAll && form.group(2) != null) {
      throw wrong(text);
    }
    int from = isAll ? least : number(form.group(1), text);
    boolean isOpen = isAll || form.group(2) == null && form.group(3) != null;
    int to = isOpen ? most : form.group(2) == null ? from : number(form.group(2), text);
    int step = form.group(3) == null ? 1 : Integer.parseInt(form.group(3));
    if (step < 1 || step > most) {
      throw wrong(text);
    }
    // FRI-MON, 22-2: around the end
    int last = to < from ? to + most - least + 1 : to;
    for (int value = from; value <= last; value += step) {
      values.set(value > most ? value - (most - least + 1) : value);
    }
  }

  int number(String word, String text) {
    int named = names.indexOf(word);
    int value = named >= 0 ? named + least : digits(word, text);
    if (value < least || value > most) {
      throw wrong(text);
    }
    return value;
  }

  private int digits(String word, String text) {
    if (word.isEmpty() || word.length() > 4 || !word.chars().allMatch(Character::isDigit)) {
      throw wrong(text);
    }
    return Integer.parseInt(word);
  }

  ScheduleException wrong(String found) {
    String words = names.isEmpty() ? "" : ", " + names.get(0) + "-" + names.get(names.size() - 1);
    return new ScheduleException("cron, field " + name + ": expected " + least + "-" + most + words
        + ", as a list, a range or with a step, found '" + found + "'");
  }
}
