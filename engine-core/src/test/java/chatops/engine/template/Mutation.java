package chatops.engine.template;

import java.util.List;
import java.util.Random;

/** Spoils texts, at random but reproducibly. */
final class Mutation {
  private static final List<String> TOKENS = List.of(
      "{{ ",
      " }}",
      "{{ p }}",
      "{{ ACS::TaskLoopItem }}",
      "{{ oos:x }}",
      "Fn::If",
      "Fn::Jq",
      "Fn::Sub",
      "{'Fn::Eval': '9**9**9'}",
      "[First, '.', 1]",
      "null",
      "true",
      "1e99",
      "-1",
      "99999999999999999999",
      "&a ",
      "*a",
      "<<: *a",
      "!!str ",
      "!x ",
      "---\n",
      "...\n",
      "\t",
      "\uFEFF",
      "\u0000",
      "'",
      "\"",
      "\\",
      "[",
      "]",
      "{",
      "}",
      ": ",
      "- ",
      "#",
      "|",
      ">",
      "\n",
      "  ",
      "| ",
      "..",
      "[]",
      "?",
      "//",
      "reduce .[] as $x (0; ",
      "def f: f; f",
      "error",
      "@base64",
      "\\(",
      "limit(2; ",
      "range(1e9)",
      "ACS::Loop",
      "LoopTasks: ",
      "Loop: ",
      "Items: ",
      "When: ",
      "Conditions: ",
      "é",
      "\uD83D\uDE00",
      "\uD800",
      "0x1F",
      "010",
      "1:30",
      "%",
      "$",
      "${x}");

  private final Random random;
  private final List<String> others;

  /** @param others texts to take parts from */
  Mutation(Random random, List<String> others) {
    this.random = random;
    this.others = others;
  }

  String of(String text) {
    StringBuilder mutant = new StringBuilder(text);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      change(mutant);
    }
    return mutant.toString();
  }

  private void change(StringBuilder text) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(random.nextInt(4) == 0 ? 200 : 12));
    switch (random.nextInt(7)) {
      case 0 -> text.delete(from, to);
      case 1 -> text.insert(from, text.substring(from, to).repeat(1 + random.nextInt(3)));
      case 2 -> text.insert(from, TOKENS.get(random.nextInt(TOKENS.size())));
      case 3 -> text.replace(from, to, TOKENS.get(random.nextInt(TOKENS.size())));
      case 4 -> text.insert(from, (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
      case 5 -> {
        String other = others.get(random.nextInt(others.size()));
        int at = random.nextInt(other.length() + 1);
        text.insert(from, other, at, Math.min(other.length(), at + random.nextInt(80)));
      }
      default -> swapLines(text);
    }
  }

  private void swapLines(StringBuilder text) {
    String[] lines = text.toString().split("\n", -1);
    int one = random.nextInt(lines.length);
    int other = random.nextInt(lines.length);
    String kept = lines[one];
    lines[one] = lines[other];
    lines[other] = kept;
    text.setLength(0);
    text.append(String.join("\n", lines));
  }
}
