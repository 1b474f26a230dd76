package bed;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Stands in for an InfluxDB sink: the properties and the part of KCQL that kafkaefd writes. */
public abstract class SinkDouble extends SinkConnector {
    static final String PREFIX = "connect.influx.";
    private static final List<String> POLICIES = List.of("NOOP", "THROW", "RETRY");

    private Map<String, String> properties = Map.of();

    @Override
    public void start(Map<String, String> given) {
        properties = given;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return SinkDoubleTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int count) {
        return Collections.nCopies(count, properties);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        ConfigDef.Validator kcql = (name, value) -> {
            try {
                Route.parse(String.valueOf(value));
            } catch (IllegalArgumentException error) {
                throw new ConfigException(name, value, error.getMessage());
            }
        };
        ConfigDef.Validator policy = (name, value) -> {
            if (!POLICIES.contains(String.valueOf(value).toUpperCase())) {
                throw new ConfigException(name, value, "Not one of " + POLICIES);
            }
        };
        Object required = ConfigDef.NO_DEFAULT_VALUE;
        return new ConfigDef()
            .define(PREFIX + "url", Type.STRING, required, Importance.HIGH, "URL of InfluxDB")
            .define(PREFIX + "db", Type.STRING, required, Importance.HIGH, "Database")
            .define(PREFIX + "kcql", Type.STRING, required, kcql, Importance.HIGH, "Statements")
            .define(PREFIX + "username", Type.STRING, "", Importance.HIGH, "User")
            .define(PREFIX + "password", Type.PASSWORD, "", Importance.HIGH, "Password")
            .define(PREFIX + "error.policy", Type.STRING, "THROW", policy, Importance.HIGH,
                "What an error does")
            .define(PREFIX + "max.retries", Type.INT, 20, Importance.MEDIUM, "Tries")
            .define(PREFIX + "retry.interval", Type.INT, 60_000, Importance.MEDIUM,
                "Milliseconds between tries");
    }

    @Override
    public String version() {
        return "double";
    }
}
