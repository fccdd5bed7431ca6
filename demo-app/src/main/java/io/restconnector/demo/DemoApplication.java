package io.restconnector.demo;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A Flowable application as any other: the connector is on its class path, and that is all. */
@SpringBootApplication
public class DemoApplication {

  public static void main(String[] args) {
    SpringApplication.run(DemoApplication.class, args);
  }

  @Bean(destroyMethod = "close")
  Shop shop(@Value("${demo.pace:1s}") Duration pace) {
    return new Shop(pace);
  }

  /** The processes call the shop by this name: {@code ${backend}}. */
  @Bean
  String backend(Shop shop) {
    return shop.url();
  }
}
