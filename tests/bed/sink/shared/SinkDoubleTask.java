package bed;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** Writes what it is given in one request. */
public class SinkDoubleTask extends SinkTask {
    private final HttpClient client = HttpClient.newHttpClient();
    private List<Route> routes;
    private Map<String, String> properties;

    @Override
    public void start(Map<String, String> given) {
        properties = given;
        routes = Route.parse(option("kcql", ""));
        context.timeout(Long.parseLong(option("retry.interval", "60000")));
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        StringBuilder lines = new StringBuilder();
        for (SinkRecord record : records) {
            for (Route route : routes) {
                if (!route.topic().equals(record.topic())) continue;
                String line = Line.of(route, record.value());
                if (line != null) lines.append(line).append('\n');
            }
        }
        if (lines.length() == 0) return;
        try {
            write(lines.toString());
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
        } catch (Exception error) {
            switch (option("error.policy", "THROW").toUpperCase()) {
                case "NOOP" -> { }
                case "RETRY" -> throw new RetriableException(error);
                default -> throw new ConnectException("cannot write to InfluxDB", error);
            }
        }
    }

    private void write(String lines) throws Exception {
        String database = URLEncoder.encode(option("db", ""), StandardCharsets.UTF_8);
        URI target = URI.create(option("url", "") + "/write?precision=ms&db=" + database);
        HttpRequest.Builder request = HttpRequest.newBuilder(target);
        String login = option("username", "") + ":" + option("password", "");
        if (!login.startsWith(":")) {
            byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
            String basic = "Basic " + Base64.getEncoder().encodeToString(bytes);
            request.header("Authorization", basic);
        }
        HttpResponse<String> answer = client.send(
            request.POST(HttpRequest.BodyPublishers.ofString(lines)).build(),
            HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new ConnectException(answer.statusCode() + ": " + answer.body().strip());
        }
    }

    private String option(String name, String otherwise) {
        return properties.getOrDefault(SinkDouble.PREFIX + name, otherwise);
    }

    @Override
    public void stop() {}

    @Override
    public String version() {
        return "double";
    }
}
