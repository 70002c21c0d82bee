package chatops.chat;

/** Languages every text exists in. */
public enum Language {
  EN,
  ZH,
  JA
}
