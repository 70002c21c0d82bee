package chatops.local.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser does with an approval link: opens the page, and sends its form when a button is pressed. */
final class ApprovalVisit {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

  private final HttpClient browser =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI link;
  private int status;
  private String page = "";

  ApprovalVisit(URI link) {
    this.link = link;
  }

  void open() throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(link).GET());
  }

  void decide(String decision) throws IOException, InterruptedException {
    StringBuilder form = new StringBuilder("decision=" + decision + "&reason=");
    Matcher field = HIDDEN.matcher(page);
    while (field.find()) {
      form.append('&')
          .append(field.group(1))
          .append('=')
          .append(URLEncoder.encode(field.group(2), StandardCharsets.UTF_8));
    }
    send(HttpRequest.newBuilder(link)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Origin", link.getScheme() + "://" + link.getAuthority())
        .POST(HttpRequest.BodyPublishers.ofString(form.toString())));
  }

  private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = browser.send(
        request.timeout(Duration.ofSeconds(15)).build(), HttpResponse.BodyHandlers.ofString());
    status = answer.statusCode();
    page = answer.body();
  }

  int status() {
    return status;
  }

  String page() {
    return page;
  }
}
