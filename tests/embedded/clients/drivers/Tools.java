// Kafka's tools in one JVM: each call of a tool's `main` is a line of JSON on standard input,
// {"id", "class", "args", "stdin"}, and each end of one a line on standard output,
// {"id", "code", "out"}. Calls run side by side. It ends with its standard input.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.*;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.utils.Exit;

public class Tools {
    static final ObjectMapper JSON = new ObjectMapper();
    static final PrintStream ANSWERS = System.out;
    static final InheritableThreadLocal<Call> CALL = new InheritableThreadLocal<>();

    public static void main(String[] unused) throws Exception {
        BufferedReader calls = new BufferedReader(
            new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(new Out(), true, StandardCharsets.UTF_8);
        System.setOut(out);
        System.setErr(out);
        System.setIn(new In());
        Exit.Procedure end = (code, message) -> { throw CALL.get().end(code, message); };
        Exit.setExitProcedure(end);
        Exit.setHaltProcedure(end);
        Exit.setShutdownHookAdder((name, hook) -> CALL.get().hooks.add(hook));
        for (String line; (line = calls.readLine()) != null; ) {
            JsonNode call = JSON.readTree(line);
            new Thread(() -> new Call(call).run()).start();
        }
        Runtime.getRuntime().halt(0);
    }

    /// What a tool ends with instead of ending the JVM.
    static class Ended extends Error { }

    static class Call implements Runnable {
        final JsonNode call;
        final InputStream in;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        /// The code of the first exit: some tools take what that throws for a failure, say so and
        /// exit once more.
        Integer code;
        boolean quiet;
        /// What the tool wants done at the end of its JVM.
        final List<Runnable> hooks = new ArrayList<>();

        Call(JsonNode call) {
            this.call = call;
            in = new ByteArrayInputStream(
                call.path("stdin").asText().getBytes(StandardCharsets.UTF_8));
        }

        Ended end(int code, String message) {
            if (message != null) System.out.println(message);
            if (this.code == null) this.code = code;
            quiet = true;
            return new Ended();
        }

        public void run() {
            CALL.set(this);
            try {
                main();
                if (code == null) code = 0;
            } catch (Throwable problem) {
                if (code == null) problem.printStackTrace();
                if (code == null) code = 1;
            }
            quiet = false;
            for (Runnable hook : hooks) hook.run();
            String text = out.toString(StandardCharsets.UTF_8);
            String answer = JSON.createObjectNode().put("code", code).put("out", text)
                .set("id", call.get("id")).toString();
            synchronized (ANSWERS) {
                ANSWERS.println(answer);
                ANSWERS.flush();
            }
        }

        void main() throws Throwable {
            String name = call.get("class").asText();
            String[] args = StreamSupport.stream(call.get("args").spliterator(), false)
                .map(JsonNode::asText).toArray(String[]::new);
            try (Fresh loader = new Fresh()) {
                Thread.currentThread().setContextClassLoader(loader);
                loader.loadClass(name).getMethod("main", String[].class)
                    .invoke(null, (Object) args);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }

    /// Loads the tools anew for each call, because they count in statics; the rest is shared.
    static class Fresh extends URLClassLoader {
        Fresh() throws IOException {
            super(jars(), Tools.class.getClassLoader());
        }

        static URL[] jars() throws IOException {
            List<URL> jars = new ArrayList<>();
            for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (path.contains("kafka")) jars.add(new File(path).toURI().toURL());
            }
            return jars.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("org.apache.kafka.tools.")) return super.loadClass(name, resolve);
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }
    }

    /// What the tool of this thread prints.
    static class Out extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            Call call = CALL.get();
            if (call != null && !call.quiet) call.out.write(bytes, from, length);
        }
    }

    /// What the tool of this thread reads.
    static class In extends InputStream {
        @Override
        public int read() throws IOException {
            return CALL.get().in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return CALL.get().in.read(bytes, from, length);
        }
    }
}
