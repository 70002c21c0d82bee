package chatops.engine.template;

/** A place in a template's text; line and column count from 1. */
public record Position(int line, int column) {}
