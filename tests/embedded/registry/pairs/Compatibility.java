// Reads pairs of schemas, a line each with a tab between, and writes what Avro's own check says to
// the second as reader of the first, and the other way round: `KIND /path detail`, joined by `|`.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

public class Compatibility {
    public static void main(String[] args) throws Exception {
        var input = new InputStreamReader(System.in, StandardCharsets.UTF_8);
        for (String line : new BufferedReader(input).lines().toList()) {
            String[] texts = line.split("\t");
            Schema old = new Schema.Parser().parse(texts[0]);
            Schema next = new Schema.Parser().parse(texts[1]);
            System.out.println(reasons(next, old) + "\t" + reasons(old, next));
        }
    }

    private static String reasons(Schema reader, Schema writer) {
        try {
            var pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
            return pair.getResult().getIncompatibilities().stream()
                .map(why -> why.getType() + " " + why.getLocation() + " " + why.getMessage())
                .distinct()
                .collect(Collectors.joining("|"));
        } catch (RuntimeException error) {
            return "fails";
        }
    }
}
