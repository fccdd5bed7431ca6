package io.restconnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.PlainEngines;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flowable.common.engine.impl.interceptor.AbstractCommandInterceptor;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandConfig;
import org.flowable.common.engine.impl.interceptor.CommandExecutor;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What is done while an engine closes, and not before. */
class EngineClosingTest {

  private final List<String> done = new ArrayList<>();
  private boolean isDatabaseGone;

  /** Of the application; it sees commands, too. */
  private final class Seeing extends AbstractCommandInterceptor {
    @Override
    public <T extends @Nullable Object> T execute(
        CommandConfig config, Command<T> command, CommandExecutor executor) {
      if (command.getClass().getSimpleName().equals("SchemaOperationProcessEngineClose")) {
        done.add("command");
      }
      return next.execute(config, command, executor);
    }
  }

  private ProcessEngineConfigurationImpl configuration(boolean async, boolean hasInterceptors) {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration
        .setDataSource(
            new DelegatingDataSource(PlainEngines.database()) {
              @Override
              public Connection getConnection() throws SQLException {
                if (isDatabaseGone) {
                  throw new SQLException("gone", "08001");
                }
                return super.getConnection();
              }
            })
        .setAsyncExecutorActivate(async);
    configuration.addConfigurator(new NoRestConnector());
    if (hasInterceptors) {
      configuration.setCustomPreCommandInterceptors(new ArrayList<>(List.of(new Seeing())));
    }
    EngineClosing.install(configuration, () -> done.add("closing"));
    return configuration;
  }

  @ParameterizedTest
  @CsvSource({
    "false, true, false",
    "true, false, true",
    "false, false, true",
  })
  void whenAnEngineClosesThenThatIsDoneBeforeItsLastCommandAndOthersStillSeeThat(
      boolean async, boolean hasInterceptors, boolean isGone) {
    ProcessEngineConfigurationImpl configuration = configuration(async, hasInterceptors);
    ProcessEngine engine = configuration.buildProcessEngine();
    engine.getRuntimeService().createProcessInstanceQuery().count();
    if (async) {
      isDatabaseGone = true;
      assertThatThrownBy(() -> configuration.getAsyncExecutor().shutdown()).isNotNull();
      isDatabaseGone = false;
      configuration.getAsyncExecutor().start();
    }
    assertThat(done).isEmpty(); // the engine is in use

    isDatabaseGone = isGone;
    if (isGone) {
      assertThatThrownBy(engine::close).isNotNull();
    } else {
      engine.close();
    }
    assertThat(done).startsWith("closing");
    assertThat(done.contains("command")).isEqualTo(hasInterceptors);
  }
}
