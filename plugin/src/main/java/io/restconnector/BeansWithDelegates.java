package io.restconnector;

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
  private final Map<String, Object> delegates;

  BeansWithDelegates(Map<Object, Object> beans, Map<String, Object> delegates) {
    this.beans = beans;
    this.delegates = delegates;
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
