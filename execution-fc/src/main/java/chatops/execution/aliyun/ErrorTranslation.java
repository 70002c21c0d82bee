package chatops.execution.aliyun;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiException.Verdict;
import chatops.engine.cloud.Session;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Turns error answers and broken exchanges into {@link ApiException}s with a verdict. Decides by error code first, because
 * throttling comes as HTTP 400, then by status. Everything it says is redacted.
 */
public final class ErrorTranslation {
  /** Codes that say the call was refused now and may succeed unchanged later. */
  private static final Set<String> REFUSED_FOR_NOW = Set.of(
      "instancenotready",
      "dependencyviolation.slbconfiguring",
      "invalidsecuritytoken.expired",
      "securitytokenexpired",
      "expiredtoken");

  /** Too many calls, by other names than {@code Throttling}; the last three are those of OSS and MNS. */
  private static final Set<String> TOO_MANY = Set.of(
      "flowcontrol",
      "requestlimitexceeded",
      "toomanyrequests",
      "sdk.triggerthrottlingpolicy",
      "downloadtrafficratelimitexceeded",
      "uploadtrafficratelimitexceeded",
      "qpslimitexceeded");

  /** Codes of a call that may be, or was, under way already. */
  private static final Set<String> MAYBE_UNDER_WAY = Set.of(
      "lasttokenprocessing",
      "idempotentprocessing",
      "signaturenonceused",
      "serviceunavailable",
      "internalerror",
      "internalerror.dispatch",
      "requesttimeout");

  private ErrorTranslation() {}

  static Verdict verdict(String code, int status) {
    String key = code.toLowerCase(Locale.ROOT);
    if (isThrottling(key) || status == 429 || TOO_MANY.contains(key)) {
      return Verdict.THROTTLED;
    }
    if (REFUSED_FOR_NOW.contains(key)) {
      return Verdict.NOT_PROCESSED;
    }
    if (MAYBE_UNDER_WAY.contains(key) || status >= 500 || status == 408) {
      return Verdict.UNKNOWN;
    }
    return Verdict.FINAL;
  }

  static boolean isExpiredSession(String code) {
    return code.equalsIgnoreCase("InvalidSecurityToken.Expired")
        || code.equalsIgnoreCase("SecurityTokenExpired")
        || code.equalsIgnoreCase("ExpiredToken");
  }

  /** An answer with an error status; {@code body} is null when it could not be read. */
  public static ApiException answered(
      String api, int status, @Nullable JsonNode body, String headerRequestId, Session session) {
    String code = first(body, "Code", "code", "errorCode", "ErrorCode");
    String message = first(body, "Message", "message", "errorMessage", "ErrorMessage");
    String requestId = first(body, "RequestId", "requestId", "requestid");
    String shownCode = code.isEmpty() ? "NoErrorCode" : code;
    String shownMessage = message.isEmpty()
        ? "HTTP " + status
            + (body == null ? " with an answer that is no JSON" : " without a message")
        : message;
    return new ApiException(
        api,
        Redaction.text(shownCode, session),
        Redaction.text(shownMessage, session),
        requestId.isEmpty() ? headerRequestId : requestId,
        status,
        verdict(shownCode, status),
        body == null ? null : Redaction.json(body, session));
  }

  /** A 2xx answer whose body is no JSON: the call was processed, what it said is lost. */
  static ApiException unreadable(String api, int status, String requestId) {
    return new ApiException(
        api,
        "UnreadableAnswer",
        "HTTP " + status + " with a body that is neither JSON nor XML; expected a JSON object",
        requestId,
        status,
        Verdict.UNKNOWN,
        null);
  }

  /** No answer. The SDK's own message is never used: it can hold the signed URL. */
  static ApiException unanswered(String api, String host, Exception failure) {
    // the JDK's client puts its own causes below the one that says what happened
    Throwable said = first(failure, ErrorTranslation::isNotSent);
    boolean isNotSent = said != null;
    if (said == null) {
      said = first(failure, cause -> cause instanceof SocketTimeoutException);
    }
    boolean isLate = !isNotSent && said != null;
    if (said == null) {
      said = failure.getCause() == null ? failure : failure.getCause();
    }
    String what = isNotSent
        ? "no connection"
        : isLate ? "no complete answer in time" : "the connection broke before the answer";
    return new ApiException(
        api,
        "Unreachable",
        what + " from " + host + " (" + said.getClass().getSimpleName() + ")",
        "",
        0,
        isNotSent ? Verdict.NOT_PROCESSED : Verdict.UNKNOWN,
        null);
  }

  private static boolean isNotSent(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof UnresolvedAddressException
        || cause instanceof SSLHandshakeException;
  }

  private static @Nullable Throwable first(Throwable failure, Predicate<Throwable> wanted) {
    Throwable cause = failure;
    while (cause != null && !wanted.test(cause)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isThrottling(String code) {
    return code.equals("throttling")
        || code.startsWith("throttling.")
        || code.startsWith("throttled")
        || code.startsWith("throttlingexception");
  }

  private static String first(@Nullable JsonNode body, String... names) {
    if (body == null) {
      return "";
    }
    // gateways wrap an XML error in one root element
    JsonNode error = body.size() == 1 && body.path("Error").isObject() ? body.path("Error") : body;
    for (String name : names) {
      JsonNode value = error.path(name);
      if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
        return value.asText();
      }
    }
    return "";
  }
}
