package chatops.local.crash;

/**
 * One place a round came through.
 *
 * @param number 1 for the first of the round
 * @param what the row, the API or the notice
 */
record Boundary(int number, Place place, String what) {
  @Override
  public String toString() {
    return number + " " + place.name().toLowerCase(java.util.Locale.ROOT) + " " + what;
  }
}
