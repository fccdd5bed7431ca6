package io.restconnector.internal.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restconnector.content.internal.Numbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.variable.api.types.ValueFields;
import org.flowable.variable.api.types.VariableType;
import org.flowable.variable.api.types.VariableTypes;
import org.flowable.variable.service.impl.types.JsonType;
import tools.jackson.core.JacksonException;

/** The engine's type of JSON variables, but what it reads from the database keeps every digit. */
final class ExactJsonType extends JsonType {

  private final JsonType engines;

  private ExactJsonType(ProcessEngineConfigurationImpl engine, JsonType engines) {
    super(engine.getMaxLengthString(), new ExactMapper(), engine.isJsonVariableTypeTrackObjects());
    this.engines = engines;
  }

  /** Reads trees with the digits that they have in the database. */
  private static final class ExactMapper extends ObjectMapper {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonNode readTree(String json) {
      return EngineJson.node(Numbers.read(json));
    }

    @Override
    public JsonNode readTree(byte[] json) throws IOException {
      try {
        return readTree(new String(json, StandardCharsets.UTF_8));
      } catch (JacksonException malformed) {
        throw new IOException(malformed);
      }
    }
  }

  /** Only where the application has no types of its own for JSON. */
  static void install(ProcessEngineConfigurationImpl engine) {
    VariableTypes types = engine.getVariableTypes();
    for (String name : List.of(JsonType.TYPE_NAME, JsonType.LONG_JSON_TYPE_NAME)) {
      VariableType type = types.getVariableType(name);
      if (type != null && type.getClass() == JsonType.class) {
        int index = types.getTypeIndex(type);
        types.removeType(type);
        types.addType(new ExactJsonType(engine, (JsonType) type), index);
      }
    }
  }

  @Override
  public String getTypeName() {
    return engines.getTypeName();
  }

  @Override
  public void setValue(Object value, ValueFields fields) {
    engines.setValue(value, fields);
  }
}
