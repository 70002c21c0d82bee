package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverJson;
import chatops.chat.reply.Seal;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.WireMock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets that are given to templates, drawn anew for each execution, and looked for in everything that anybody could read: the
 * store's files, the log, the chat, the pages, what Function Compute keeps. Only where a template sends one on purpose may it be.
 */
class PlantedSecretsTest {
  private static final Principal BEARER = new Principal(Platform.WEB, "", "bearer", "");
  private static final String ALPHABET =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'\"\\$&<>/+%=;:|!?*#~ äß密";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path folder;

  /** Every way a template has to make something of a value and to let people see it. */
  private static final String MILL = """
      FormatVersion: OOS-2019-06-01
      RamRole: OOSServiceRole
      Parameters:
        secret: {Type: String, NoEcho: true}
        map: {Type: Json, NoEcho: true}
        hook: {Type: String}
      Tasks:
        - Name: forms
          Action: ACS::Template
          Properties:
            TemplateName: Echo
            Parameters:
              value:
                - '{{ secret }}'
                - 'plain {{ secret }} text'
                - {'Fn::Base64Encode': ['{{ secret }}']}
                - {'Fn::Base64Encode': ['#!/bin/sh\nlogin {{ secret }} now']}
                - {'Fn::Join': ['|', ['a', '{{ secret }}', 'b']]}
                - {'Fn::Sub': ['${s}', {s: '{{ secret }}'}]}
                - {'Fn::Replace': [{a: b}, '{{ secret }}']}
                - {'Fn::Escape': ['{{ secret }}', bash]}
                - {'Fn::Escape': ['{{ secret }}', powershell]}
                - {'Fn::Escape': ['{{ secret }}', json]}
                - {'Fn::Split': ['|', '{{ secret }}']}
                - {'Fn::MapJoin': [['{{ secret }}', p], [1, '{{ secret }}']]}
                - {'Fn::MergeMap': [{a: '{{ secret }}'}, {b: '{{ map }}'}]}
                - {'Fn::ListJoin': [['{{ secret }}'], ['x']]}
                - {'Fn::Select': [p, '{{ map }}']}
                - {'Fn::Jq': [First, '@base64', '{{ secret }}']}
                - {'Fn::Jq': [First, '@uri', '{{ secret }}']}
                - {'Fn::Jq': [First, '@html', '{{ secret }}']}
                - {'Fn::Jq': [First, '@sh', '{{ secret }}']}
                - {'Fn::Jq': [First, '@json', '{{ secret }}']}
                - {'Fn::Jq': [First, 'tojson | tojson', '{{ secret }}']}
                - {'Fn::Jq': [First, '[.] | @csv', '{{ secret }}']}
                - {'Fn::Jq': [First, 'explode', '{{ secret }}']}
                - {'Fn::Jq': [First, 'explode | reverse | implode', '{{ secret }}']}
                - {'Fn::Jq': [First, 'ascii_upcase', '{{ secret }}']}
                - {'Fn::Jq': [First, '[.[0:9], .[4:]]', '{{ secret }}']}
                - {'Fn::Jq': [First, '"x\\(.)y" | @base64', '{{ secret }}']}
                - {'Fn::Jq': [All, '.p, (.p | length)', '{{ map }}']}
                - {'Fn::Jq': [First, '{(.): 1}', '{{ secret }}']}
          Outputs: {value: {Type: Json, ValueSelector: value}}
        - Name: each
          Action: ACS::Template
          Properties: {TemplateName: Echo, Parameters: {value: ['{{ ACS::TaskLoopItem }}']}}
          Loop: {Items: ['{{ secret }}', {'Fn::Jq': [First, '.[3:]', '{{ secret }}']}], RateControl: {Mode: Concurrency, Concurrency: 2}}
        - Name: hidden
          Action: ACS::Template
          Properties: {TemplateName: Quiet, Parameters: {word: '{{ secret }}'}}
          Outputs: {word: {Type: String, ValueSelector: word}}
        - Name: refused
          Action: ACS::ExecuteAPI
          OnError: told
          Properties: {Service: ECS, API: DescribeInstances, Parameters: {InstanceIds: '{{ secret }}', InstanceName: '{{ secret }}'}}
        - Name: told
          Action: ACS::Notify
          Properties:
            NotifyType: WebHook
            WebHook: {URI: '{{ hook }}', Content: {msgtype: text, text: {content: 'meant to be sent: {{ secret }}'}}}
        - Name: ask
          Action: ACS::Approve
          Properties:
            NotifyType: WebHook
            WebHook: {URI: '{{ hook }}', Content: {msgtype: text, text: {content: {'Fn::Join': [' ', ['use {{ secret }}?', {'Fn::Jq': [First, '@base64', '{{ secret }}']}]]}}}}
        - Name: broken
          Action: ACS::CheckFor
          Properties: {Service: ECS, API: DescribeInstances, PropertySelector: 'error("no " + "{{ secret }}" + ("{{ secret }}" | @base64))', DesiredValues: ['x']}
      Outputs:
        all: {Type: Json, Value: '{{ forms.value }}'}
        word: {Type: String, Value: '{{ hidden.word }}'}
      """;

  private static final String ECHO = """
      FormatVersion: OOS-2019-06-01
      Parameters: {value: {Type: Json}}
      Tasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: PT0S}}]
      Outputs: {value: {Type: Json, Value: '{{ value }}'}}
      """;
  private static final String QUIET = """
      FormatVersion: OOS-2019-06-01
      Parameters: {word: {Type: String, NoEcho: true}}
      Tasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: PT0S}}]
      Outputs: {word: {Type: String, Value: 'a {{ word }}'}}
      """;

  @Test
  void three_planted_secrets_are_found_nowhere() throws Exception {
    plant(3, 20261130);
  }

  @Test
  @Tag("long")
  void a_thousand_planted_secrets_are_found_nowhere() throws Exception {
    long started = System.nanoTime();
    int looked = plant(1000, 20261129);
    System.out.println("long-job: 1000 planted secrets, seed 20261129, " + looked
        + " forms looked for, 0 found, " + (System.nanoTime() - started) / 1_000_000_000 + " s");
  }

  private int plant(int count, int seed) throws Exception {
    Path templates = Files.createDirectory(folder.resolve("templates"));
    Files.writeString(templates.resolve("Mill.yml"), MILL);
    Files.writeString(templates.resolve("Echo.yml"), ECHO);
    Files.writeString(templates.resolve("Quiet.yml"), QUIET);
    Path home = Files.createDirectory(folder.resolve("home"));
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    Map<String, String> seen = new LinkedHashMap<>();
    List<String> secrets = new ArrayList<>();
    try (Account account = new Account(home, "CHATOPS_TEMPLATES", templates.toString())) {
      Random random = new Random(seed);
      for (int i = 0; i < count; i++) {
        String secret = secret(random);
        secrets.add(secret);
        visit(account, secret, seen);
      }
      assertThat(seen).isNotEmpty();
    } finally {
      System.setOut(out);
    }
    seen.put("log", log.toString(StandardCharsets.UTF_8));
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        seen.put(
            file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return look(secrets, seen);
  }

  private static String secret(Random random) {
    StringBuilder secret = new StringBuilder();
    int length = 10 + random.nextInt(12);
    for (int i = 0; i < length; i++) {
      secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    // a text that begins with a bracket would be read as JSON, one with blanks at its ends be
    // trimmed
    return "s" + secret + random.nextInt(10);
  }

  /** One execution from its command to its end, looked at from every side. */
  private void visit(Account account, String secret, Map<String, String> seen) throws IOException {
    String hook = account.peer.baseUrl() + "/robot/send?access_token=robot-token-" + seen.size();
    HandOver.Run run = account.command(
        Account.ANN,
        Language.EN,
        "oos",
        "run",
        "Mill",
        "secret=" + secret,
        "map=" + JSON.writeValueAsString(Map.of("p", secret)),
        "hook=" + hook);
    byte[] kept = HandOverJson.encode(run, new Seal(Account.SEAL_KEYS));
    String id = run.executionId();
    account.send(kept);
    note(seen, "message kept by Function Compute " + id, new String(kept, StandardCharsets.UTF_8));

    look(account, "show", id, seen);
    look(account, "logs", id, seen);
    String question = account.answers(run).get(0).toString();
    ApprovalRef approval =
        ApprovalRef.parse(Account.buttonValue(account.answers(run).get(0)));
    assertThat(question).contains("use ******");
    note(
        seen,
        "page " + id,
        account
            .send(new HandOver.Ask("approval", id, approval.approvalId(), BEARER, Language.EN))
            .toString());
    account.send(account.decide(Account.BOB, id, approval.approvalId(), true));
    look(account, "show", id, seen);
    look(account, "logs", id, seen);
    note(
        seen,
        "execution page " + id,
        account.send(new HandOver.Ask("execution", id, "", BEARER, Language.EN)).toString());
    for (var post : account.peer.findAll(WireMock.anyRequestedFor(WireMock.anyUrl()))) {
      // what templates send to their web hooks is their own affair
      if (!post.getUrl().startsWith("/robot/send")) {
        note(seen, "chat " + post.getUrl(), post.getBodyAsString());
      }
    }
    account.peer.resetRequests();
    assertThat(seen.get("oos logs " + id + " 2")).contains("task=broken status=Failed");
  }

  private static void look(Account account, String verb, String id, Map<String, String> seen)
      throws IOException {
    HandOver.Run look = account.command(Account.ANN, Language.EN, "oos", verb, id);
    account.send(look);
    String name = "oos " + verb + " " + id;
    note(
        seen, name + (seen.containsKey(name) ? " 2" : ""), account.answers(look).toString());
  }

  private static void note(Map<String, String> seen, String where, String text) {
    seen.merge(where, text, (a, b) -> a + b);
  }

  private static int look(List<String> secrets, Map<String, String> seen) {
    int looked = 0;
    String all = String.join("\n", seen.values());
    String folded = all.toLowerCase(Locale.ROOT);
    for (String secret : secrets) {
      for (Map.Entry<String, String> form : forms(secret).entrySet()) {
        looked++;
        boolean isThere = form.getKey().startsWith("~")
            ? folded.contains(form.getValue().toLowerCase(Locale.ROOT))
            : all.contains(form.getValue());
        if (isThere) {
          List<String> places = seen.entrySet().stream()
              .filter(e -> e.getValue()
                  .toLowerCase(Locale.ROOT)
                  .contains(form.getValue().toLowerCase(Locale.ROOT)))
              .map(e -> e.getKey() + ": …" + around(e.getValue(), form.getValue()))
              .toList();
          assertThat(places)
              .as("secret '%s' as %s '%s'", secret, form.getKey(), form.getValue())
              .isEmpty();
        }
      }
    }
    return looked;
  }

  private static String around(String text, String form) {
    int at = text.toLowerCase(Locale.ROOT).indexOf(form.toLowerCase(Locale.ROOT));
    return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + form.length() + 40));
  }

  /** Written anew here, so that what hides them does not say what is looked for. */
  private static Map<String, String> forms(String secret) {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("~itself", secret);
    forms.put("~its first half", secret.substring(0, 9));
    forms.put("~its end", secret.substring(4));
    forms.put("~backwards", new StringBuilder(secret).reverse().toString());
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    forms.put("ISO-8859-1 bytes", new String(bytes, StandardCharsets.ISO_8859_1));
    forms.put("~hex", HexFormat.of().formatHex(bytes));
    forms.put("~URL", URLEncoder.encode(secret, StandardCharsets.UTF_8));
    forms.put("~URL 2", URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
    for (int before = 0; before < 3; before++) {
      byte[] padded = ("abc".substring(0, before) + secret).getBytes(StandardCharsets.UTF_8);
      String text = Base64.getEncoder().withoutPadding().encodeToString(padded);
      forms.put(
          "Base64 " + before, text.substring(before == 0 ? 0 : before + 1, padded.length * 8 / 6));
    }
    StringBuilder json = new StringBuilder();
    StringBuilder points = new StringBuilder();
    secret.codePoints().forEach(c -> {
      json.append(c == '"' || c == '\\' ? "\\" : "").appendCodePoint(c);
      points.append(points.length() == 0 ? "" : ",").append(c);
    });
    forms.put("~JSON", json.toString());
    forms.put("~JSON in JSON", json.toString().replace("\\", "\\\\").replace("\"", "\\\""));
    forms.put("code points", points.toString());
    forms.put("~shell", secret.replace("'", "'\\''"));
    forms.put("~PowerShell", secret.replace("\"", "`\"").replace("$", "`$"));
    forms.put("~HTML", secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    forms.put("~CSV", secret.replace("\"", "\"\""));
    forms.put("robot token", "robot-token-");
    return forms;
  }
}
