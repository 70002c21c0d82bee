package chatops.engine.cloud;

import com.fasterxml.jackson.databind.JsonNode;

/** A successful answer as JSON (XML bodies converted by element name). */
public record ApiResponse(JsonNode body, String requestId) {}
