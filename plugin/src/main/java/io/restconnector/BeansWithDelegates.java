package io.restconnector;

import io.restconnector.aps.RestCallDelegate;
import io.restconnector.call.DeleteDelegate;
import io.restconnector.call.GetDelegate;
import io.restconnector.call.HeadDelegate;
import io.restconnector.call.OptionsDelegate;
import io.restconnector.call.PatchDelegate;
import io.restconnector.call.PostDelegate;
import io.restconnector.call.PutDelegate;
import io.restconnector.call.TraceDelegate;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The beans of an engine, with the delegates behind them. A view: the map that the application gave
 * the engine is neither copied nor changed, whatever kind of map it is.
 */
final class BeansWithDelegates extends AbstractMap<Object, Object> {

  private final Map<Object, Object> beans;
  private final Map<String, Object> delegates =
      Map.of(
          RestCallDelegate.BEAN_NAME,
          new RestCallDelegate(),
          "restGet",
          new GetDelegate(),
          "restHead",
          new HeadDelegate(),
          "restPost",
          new PostDelegate(),
          "restPut",
          new PutDelegate(),
          "restPatch",
          new PatchDelegate(),
          "restDelete",
          new DeleteDelegate(),
          "restOptions",
          new OptionsDelegate(),
          "restTrace",
          new TraceDelegate());

  BeansWithDelegates(Map<Object, Object> beans) {
    this.beans = beans;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return delegates.containsKey(name) || beans.containsKey(name);
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    return beans.containsKey(name) ? beans.get(name) : delegates.get(name);
  }

  @Override
  public @Nullable Object put(Object name, Object bean) {
    return beans.put(name, bean);
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    Map<Object, Object> all = new HashMap<>(delegates);
    all.putAll(beans);
    return all.entrySet();
  }
}
