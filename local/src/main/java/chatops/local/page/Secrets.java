package chatops.local.page;

import java.util.regex.Pattern;

/** Masks the one secret people type: the access token in the address of a group robot. */
public final class Secrets {
  private static final Pattern TOKEN = Pattern.compile("(access_token=)[^&\\s\"']+");

  private Secrets() {}

  public static String masked(String text) {
    return TOKEN.matcher(text).replaceAll("$1…");
  }
}
