// Reads schemas, a line each, and writes whether Avro's own parser takes each.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

public class Validity {
    public static void main(String[] args) throws Exception {
        var input = new InputStreamReader(System.in, StandardCharsets.UTF_8);
        for (String line : new BufferedReader(input).lines().toList()) {
            System.out.println(isValid(line) ? "valid" : "invalid");
        }
    }

    private static boolean isValid(String text) {
        try {
            new Schema.Parser().parse(text);
            return true;
        } catch (RuntimeException error) {
            return false;
        }
    }
}
