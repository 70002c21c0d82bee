package chatops.front.page;

import chatops.chat.link.LinkKey;
import chatops.front.http.Form;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Forms of ours: each carries the identity of the decision it makes, so that sending it twice decides once, and a proof that we
 * made it for this page and this reader. Thread-safe.
 */
final class Forms {
  private static final int BODY_BYTES = 64 * 1024;

  private final LinkKey key;
  private final WebOrigin origin;
  private final FrontLog log;

  /** A form that came back. @param decisionId identity of what it decides */
  record Sent(Form fields, String decisionId) {}

  Forms(LinkKey key, WebOrigin origin, FrontLog log) {
    this.key = key;
    this.origin = origin;
    this.log = log;
  }

  /** @param subject what the form is about and who reads it: a form for one is none for another */
  LinkedSubject.FormToken token(String subject) {
    String decisionId = "d_" + key.nonce();
    return new LinkedSubject.FormToken(decisionId, key.form(subject, decisionId));
  }

  static void hidden(Html body, LinkedSubject.FormToken form) {
    body.raw("<input type=\"hidden\" name=\"decisionId\" value=\"")
        .text(form.decisionId())
        .raw("\">\n<input type=\"hidden\" name=\"form\" value=\"")
        .text(form.proof())
        .raw("\">\n");
  }

  /**
   * Null when another site, another page, or nobody we know made it.
   *
   * @throws Form.MalformedForm when it is no form
   */
  @Nullable
  Sent read(HttpRequest request, String subject) {
    if (!isFromOurPage(request) || request.body().length > BODY_BYTES) {
      log.line("refused path=" + request.path() + " reason=form of another origin, or too large");
      return null;
    }
    Form form = Form.parse(request.body());
    String decisionId = form.get("decisionId");
    if (!key.isForm(form.get("form"), subject, decisionId)) {
      log.line("refused path=" + request.path() + " reason=form token does not verify");
      return null;
    }
    return new Sent(form, decisionId);
  }

  /** A browser names the origin of the page that holds the form; another site can neither leave it out nor choose it. */
  private boolean isFromOurPage(HttpRequest request) {
    return origin.equals(WebOrigin.of(request.header("Origin")))
        && origin.isHost(request.header("Host"));
  }
}
