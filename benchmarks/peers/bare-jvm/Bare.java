/** The least that a Java process can be. */
public final class Bare {
  public static void main(String[] arguments) {
    System.out.println("ok");
  }
}
