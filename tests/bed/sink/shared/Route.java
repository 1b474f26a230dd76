package bed;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the records of a topic go: INSERT INTO measurement SELECT * FROM topic and its clauses. */
record Route(String measurement, String topic, String timestamp, List<String> tags) {
    private static final Pattern STATEMENT = Pattern.compile(
        "\\s*INSERT\\s+INTO\\s+(\\S+)\\s+SELECT\\s+\\*\\s+FROM\\s+(\\S+)"
            + "(?:\\s+WITHTIMESTAMP\\s+(\\S+))?(?:\\s+WITHTAG\\s*\\(([^)]*)\\))?\\s*",
        Pattern.CASE_INSENSITIVE);

    /** The routes of statements that are separated by semicolons. */
    static List<Route> parse(String statements) {
        List<Route> routes = new ArrayList<>();
        for (String statement : statements.split(";")) {
            Matcher found = STATEMENT.matcher(statement);
            if (!found.matches()) {
                throw new IllegalArgumentException("Invalid syntax: " + statement.strip());
            }
            List<String> tags = new ArrayList<>();
            if (found.group(4) != null) {
                for (String tag : found.group(4).split(",")) tags.add(plain(tag.strip()));
            }
            String timestamp = found.group(3) == null ? "sys_time()" : plain(found.group(3));
            routes.add(new Route(plain(found.group(1)), plain(found.group(2)), timestamp, tags));
        }
        return routes;
    }

    private static String plain(String name) {
        return name.replace("`", "");
    }
}
