package dev.allim.http.route;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All facades there are. */
@ApplicationScoped
public class Facades {
  private final List<Facade> all;

  Facades(@All List<Facade> all) {
    this.all = List.copyOf(all);
  }

  /** The one that a path as it was sent belongs to. */
  public Optional<Facade> at(String path) {
    return all.stream().filter(facade -> facade.owns(path)).findFirst();
  }

  /** What all of them are for, in words. */
  public String usage() {
    return all.stream().map(Facade::usage).collect(Collectors.joining("; "));
  }
}
