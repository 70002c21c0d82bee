package chatops.front.page;

/** Builds HTML; every value is escaped, only our own tags are not. */
final class Html {
  private final StringBuilder out = new StringBuilder(8192);

  /** Our own markup, never a value. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** A value, for text and for attributes in double quotes. */
  Html text(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&':
          out.append("&amp;");
          break;
        case '<':
          out.append("&lt;");
          break;
        case '>':
          out.append("&gt;");
          break;
        case '"':
          out.append("&quot;");
          break;
        case '\'':
          out.append("&#39;");
          break;
        default:
          out.append(c);
      }
    }
    return this;
  }

  /** {@code <tag>value</tag>}; {@code tag} may carry attributes. */
  Html element(String tag, String value) {
    int space = tag.indexOf(' ');
    return raw("<" + tag + ">")
        .text(value)
        .raw("</" + (space < 0 ? tag : tag.substring(0, space)) + ">");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
