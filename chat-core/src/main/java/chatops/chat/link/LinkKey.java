package chatops.chat.link;

import chatops.chat.handover.ApprovalRef;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks the tokens of links, visits and forms: {@code base64url(text).base64url(HMAC-SHA256)}. A token of one purpose is
 * none of another.
 * Thread-safe; compares in constant time.
 */
public final class LinkKey {
  private static final int KEY = 32;
  private static final int LONGEST_TOKEN = 2048;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param base64 32 bytes in base64: the form of {@code CHATOPS_LINK_KEY}
   * @throws IllegalArgumentException when it is not; does not quote it
   */
  public LinkKey(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.trim());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not base64; make one with: openssl rand -base64 32");
    }
    if (bytes.length != KEY) {
      throw new IllegalArgumentException(
          bytes.length + " bytes; expected " + KEY + " (make one with: openssl rand -base64 32)");
    }
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /** The token of a new link, URL-safe. */
  public String link(ApprovalRef approval, Instant expiresAt) {
    String text = approval + "|" + expiresAt.getEpochSecond() + "|" + nonce();
    return signed("link", text);
  }

  /** The token of a personal link: whoever uses it first is taken for the visit's person. */
  public String enter(Visit visit) {
    return signed("enter", visit.text());
  }

  /** The visit behind a personal link that this key made, expired or not. */
  public Optional<Visit> readEnter(String token) {
    return verified("enter", token).flatMap(Visit::parse);
  }

  /** The token that a browser keeps while a visit lasts. */
  public String visit(Visit visit) {
    return signed("visit", visit.text());
  }

  /** The visit that a browser is on, expired or not. */
  public Optional<Visit> readVisit(String token) {
    return verified("visit", token).flatMap(Visit::parse);
  }

  private String signed(String purpose, String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8)) + "." + encode(mac(purpose + "|" + text));
  }

  /** The link behind a token that this key made, expired or not; empty for every other text. */
  public Optional<ApprovalLink> read(String token) {
    try {
      return verified("link", token).map(LinkKey::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<String> verified(String purpose, String token) {
    int dot = token.indexOf('.');
    if (dot < 0 || token.length() > LONGEST_TOKEN) {
      return Optional.empty();
    }
    try {
      String text = new String(
          Base64.getUrlDecoder().decode(token.substring(0, dot)), StandardCharsets.UTF_8);
      byte[] given = Base64.getUrlDecoder().decode(token.substring(dot + 1));
      // compared as text too: base64 spells some bytes in several ways, and a token has one
      // spelling
      boolean same = MessageDigest.isEqual(given, mac(purpose + "|" + text))
          && encode(given).equals(token.substring(dot + 1));
      return same ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The token that the buttons of a chat's card carry, beside what everybody may know of it: who forges a press must have seen it.
   *
   * @param channel the conversation the card stands in
   */
  public String card(ApprovalRef approval, String channel, Instant expiresAt) {
    String text = approval + "|" + expiresAt.getEpochSecond() + "|"
        + encode(channel.getBytes(StandardCharsets.UTF_8)) + "|" + nonce();
    return signed("card", text);
  }

  /** The card behind a token that this key made, expired or not; empty for every other text. */
  public Optional<CardToken> readCard(String token) {
    try {
      return verified("card", token).map(CardToken::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Proof that a form was made by us for this link and decision. */
  public String form(String token, String decisionId) {
    return encode(mac("form|" + token + "|" + decisionId));
  }

  public boolean isForm(String form, String token, String decisionId) {
    return MessageDigest.isEqual(
        form.getBytes(StandardCharsets.UTF_8),
        form(token, decisionId).getBytes(StandardCharsets.UTF_8));
  }

  /** 22 unguessable characters (128 bits). */
  public String nonce() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return encode(bytes);
  }

  private static ApprovalLink parse(String text) {
    int last = text.lastIndexOf('|');
    int first = text.lastIndexOf('|', last - 1);
    if (first < 0) {
      throw new IllegalArgumentException("no link");
    }
    return new ApprovalLink(
        ApprovalRef.parse(text.substring(0, first)),
        Instant.ofEpochSecond(Long.parseLong(text.substring(first + 1, last))),
        text.substring(last + 1));
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "LinkKey[…]";
  }
}
