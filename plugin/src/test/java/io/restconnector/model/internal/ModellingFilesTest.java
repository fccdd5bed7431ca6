package io.restconnector.model.internal;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stands under {@code modelling/} is what the catalogue makes. */
class ModellingFilesTest {

  private static final Path FILES = Path.of("../modelling");

  @Test
  void whenElementTemplatesAreCommittedThenTheCatalogueMakesThem() {
    check("element-templates/rest-connector.json", ElementTemplates.all());
  }

  @Test
  void whenTheModdleDescriptorIsCommittedThenItIsTheOneMade() {
    check("moddle/flowable.json", ModdleDescriptor.descriptor());
  }

  @Test
  void whenSchemasAreCommittedThenTheCatalogueMakesThem() {
    check("schemas/webhook-channel.schema.json", Schemas.channel());
    check("schemas/event.schema.json", Schemas.event());
  }

  private static void check(String file, JsonNode content) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    String json =
        JsonMapper.shared()
            .writer()
            .with(
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter))
            .writeValueAsString(content);
    Generated.check(FILES.resolve(file), json + "\n");
  }
}
