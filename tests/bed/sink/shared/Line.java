package bed;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** One record as InfluxDB's line protocol, with its time in milliseconds. */
final class Line {
    private final Map<String, Object> fields = new TreeMap<>();

    private Line(Object value) {
        flatten("", value);
    }

    /** The line, or null where the record has no field to write. */
    static String of(Route route, Object value) {
        return new Line(value).write(route);
    }

    /** Members get their path, items of lists their number behind the name. */
    private void flatten(String name, Object value) {
        String prefix = name.isEmpty() ? "" : name + ".";
        if (value instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                flatten(prefix + field.name(), struct.get(field));
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> flatten(prefix + key, member));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) flatten(name + i, list.get(i));
        } else if (value instanceof java.util.Date date) {
            fields.put(name, date.getTime());
        } else if (value != null && !name.isEmpty()) {
            fields.put(name, value);
        }
    }

    private String write(Route route) {
        StringBuilder line = new StringBuilder(escape(route.measurement()));
        for (String tag : route.tags()) {
            Object value = fields.get(tag);
            if (value == null) continue;
            line.append(',').append(escape(tag)).append('=').append(escape(value));
        }
        char separator = ' ';
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            if (route.tags().contains(field.getKey())) continue;
            line.append(separator).append(escape(field.getKey())).append('=');
            line.append(literal(field.getValue()));
            separator = ',';
        }
        return separator == ' ' ? null : line.append(' ').append(time(route)).toString();
    }

    private long time(Route route) {
        if (route.timestamp().equalsIgnoreCase("sys_time()")) return System.currentTimeMillis();
        Object value = fields.get(route.timestamp());
        if (value instanceof Number number) return number.longValue();
        throw new IllegalArgumentException("no time in field " + route.timestamp());
    }

    private static String literal(Object value) {
        if (value instanceof Float || value instanceof Double) return value.toString();
        if (value instanceof Number) return value + "i";
        if (value instanceof Boolean) return value.toString();
        return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String escape(Object name) {
        return name.toString().replaceAll("([,= ])", "\\\\$1");
    }
}
