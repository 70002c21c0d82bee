package chatops.local.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.binary.Hex;

/** Values that mean something to a shell, a template, a chat program, jq, JSON or YAML. Where one is taken for a part of a script it makes a file named pwned. */
final class Payloads {
  private static final List<String> PLAIN = List.of(
      "$(touch /tmp/pwned)",
      "`touch /tmp/pwned`",
      "; touch /tmp/pwned",
      "&& touch /tmp/pwned",
      "|| touch /tmp/pwned",
      "| touch /tmp/pwned",
      "& touch /tmp/pwned &",
      "\n touch /tmp/pwned\n",
      "\ntouch /tmp/pwned #",
      "'; touch /tmp/pwned; '",
      "\"; touch /tmp/pwned; \"",
      "'\"'; touch /tmp/pwned; '\"'",
      "'$(touch /tmp/pwned)'",
      "\"$(touch /tmp/pwned)\"",
      "${IFS}touch${IFS}/tmp/pwned",
      "$((1+1))",
      "${PATH}",
      "$PATH",
      "$'\\x74ouch /tmp/pwned'",
      "> /tmp/pwned",
      "< /etc/passwd",
      ">> /tmp/pwned; x",
      "$(<x) > /tmp/pwned",
      "(touch /tmp/pwned)",
      "{ touch /tmp/pwned; }",
      "a{b,c}d",
      "*",
      "/tmp/*",
      "?",
      "[a-z]*",
      "~",
      "~root",
      "!!",
      "!$",
      "#comment",
      "a # b",
      "\\ \\x",
      "\\\\ \\\\x",
      "\\n",
      "a\\ b",
      "'",
      "\"",
      "''",
      "\"\"",
      "'\"",
      "it's",
      "say \"hi\"",
      "CHATOPS_VALUES",
      "\nCHATOPS_VALUES\ntouch /tmp/pwned\n",
      "EOF",
      "\nEOF\n",
      "{{ regionId }}",
      "{{ ACS::RegionId }}",
      "{{ACS::InstanceId}}",
      "{{ oos-secret:password }}",
      "{{ values }}",
      "{{values}}",
      "{{ select.instanceIds }}",
      "{{",
      "}}",
      "{{{{ a }}}}",
      "${regionId}",
      "Fn::Sub",
      "{'Fn::Base64Decode': 'eA=='}",
      "{\"Fn::If\": [true, 1, 2]}",
      "{\"a\": 1}",
      "[1, 2]",
      "null",
      "true",
      "0",
      "-1",
      "--help",
      "-rf",
      "-- x",
      "a=b",
      "=",
      "export PATH=/",
      "\\(1 + 1)",
      "\" + error(\"x\") + \"",
      "' | error('x') | '",
      ". | env",
      "<b>bold</b>",
      "<@U0001>",
      "https://example.com/?a=b&c=d",
      "*bold* _it_ ~no~",
      "a & b < c > d",
      "%s%n%x",
      "%{touch}",
      "$1 $@ $*",
      "\t tab\t",
      "  spaces  ",
      "\ttouch /tmp/pwned",
      "line 1\nline 2\n\nline 4",
      "trailing newline\n",
      "\n\n",
      "中文 $(touch /tmp/pwned)",
      "日本語「」、。",
      "😀 emoji",
      "ｆｕｌｌ　ｗｉｄｔｈ；",
      "\u201csmart\u201d \u2018quotes\u2019",
      "long \u2014 dash",
      "\u00a0nbsp\u00a0",
      "\u202egnp.exe",
      "e\u0301 combining",
      "a\u0001b",
      "name:web-*",
      "tag:env=staging",
      "i-bp1abc",
      "../../etc/passwd",
      "/dev/null; touch /tmp/pwned",
      "C:\\Windows\\x",
      "$(rm -rf /) ; :(){ :|:& };:");

  private Payloads() {}

  static List<String> all() {
    return new ArrayList<>(PLAIN);
  }

  static String hex(String payload) {
    return Hex.encodeHexString(payload.getBytes(StandardCharsets.UTF_8));
  }

  /** As one types it in the chat: in quotes, quotes of whatever bent with a backslash before them. */
  static String quoted(String payload) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : payload.toCharArray()) {
      boolean closes = c == '"'
          || c >= '\u201c' && c <= '\u201f'
          || c == '\u300c'
          || c == '\u300d'
          || c == '\uff02';
      quoted.append(closes ? "\\" : "").append(c);
    }
    return quoted.append('"').toString();
  }
}
