import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends one message over the HTTP API with the JDK alone (17 or later), and ends with its result.
 *
 *   java examples/Send.java TO FROM TEXT [ORDER]
 *
 * PABAL_API says where the API is (default http://127.0.0.1:8080), PABAL_KEY is the key, where it wants one.
 */
public class Send {
  static final String API = System.getenv().getOrDefault("PABAL_API", "http://127.0.0.1:8080");
  static final String KEY = System.getenv("PABAL_KEY");
  static final int ATTEMPTS = 5;
  static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

  public static void main(String[] args) throws Exception {
    if (args.length < 3) {
      System.err.println("usage: java examples/Send.java TO FROM TEXT [ORDER]");
      System.exit(2);
    }
    // From what the message is about: the same id again is the same message.
    String id = "order-" + (args.length > 3 ? args[3] : System.nanoTime());
    String message = "{\"id\":" + quote(id) + ",\"channel\":\"sms\",\"to\":" + quote(args[0]) + ",\"from\":"
        + quote(args[1]) + ",\"text\":" + quote(args[2]) + ",\"ttlSeconds\":600}";
    HttpResponse<String> answer = call("POST", "/v1/messages", message);
    if (answer.statusCode() != 202) {
      // RFC 9457: `code` is stable, `problems` lists every rule that the message breaks.
      Map<?, ?> problem = (Map<?, ?>) new Json(answer.body()).value();
      if (problem.get("problems") instanceof List<?> rules) {
        for (Object rule : rules) {
          System.err.println("refused, " + ((Map<?, ?>) rule).get("field") + ": " + ((Map<?, ?>) rule).get("message"));
        }
      }
      System.err.println(answer.statusCode() + " " + problem.get("code") + ": " + problem.get("detail"));
      System.exit(1);
    }
    System.out.println(id + ": accepted");

    for (int look = 0; look < 300; look++) {
      Map<?, ?> timeline = (Map<?, ?>) new Json(call("GET", "/v1/messages/" + id, null).body()).value();
      if (timeline.get("result") instanceof Map<?, ?> result) {
        Map<?, ?> reason = (Map<?, ?>) result.get("reason");
        Object korean = ((Map<?, ?>) reason.get("message")).get("ko");
        System.out.println(id + ": " + result.get("status") + ", " + korean + " (" + reason.get("code") + ")");
        return;
      }
      Thread.sleep(200);
    }
    System.err.println(id + ": no result within a minute");
    System.exit(1);
  }

  /** Repeats while the API or its Redis is away: safe, since messages have ids. */
  static HttpResponse<String> call(String method, String path, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(API + path)).timeout(Duration.ofSeconds(10));
    if (KEY != null) request.header("Authorization", "Bearer " + KEY);
    if (body != null) request.header("Content-Type", "application/json");
    request.method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<String> answer =
            HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        boolean later = answer.statusCode() == 429 || answer.statusCode() == 503;
        if (!later || attempt == ATTEMPTS) return answer;
        Thread.sleep(1000 * answer.headers().firstValueAsLong("Retry-After").orElse(attempt));
      } catch (IOException noAnswer) { // nobody knows whether the message was taken
        if (attempt == ATTEMPTS) throw noAnswer;
        Thread.sleep(1000L * attempt);
      }
    }
  }

  /** A string as JSON has it. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') quoted.append('\\').append(c);
      else if (c < 0x20) quoted.append(String.format("\\u%04x", (int) c));
      else quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  /** As much of a JSON reader as this needs, for the JDK has none: a service takes the one that it has anyway. */
  static class Json {
    final String text;
    int at = 0;

    Json(String text) {
      this.text = text;
    }

    Object value() {
      char first = next();
      if (first == '{') {
        Map<String, Object> map = new LinkedHashMap<>();
        for (at++; next() != '}'; ) {
          if (text.charAt(at) == ',') at++;
          next();
          String key = string();
          next();
          at++; // the colon
          map.put(key, value());
        }
        at++;
        return map;
      }
      if (first == '[') {
        List<Object> list = new ArrayList<>();
        for (at++; next() != ']'; ) {
          if (text.charAt(at) == ',') at++;
          list.add(value());
        }
        at++;
        return list;
      }
      if (first == '"') return string();
      int start = at;
      while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) at++;
      return text.substring(start, at);
    }

    char next() {
      while (Character.isWhitespace(text.charAt(at))) at++;
      return text.charAt(at);
    }

    String string() {
      StringBuilder read = new StringBuilder();
      for (at++; text.charAt(at) != '"'; at++) {
        if (text.charAt(at) != '\\') {
          read.append(text.charAt(at));
          continue;
        }
        char escaped = text.charAt(++at);
        if (escaped == 'u') {
          read.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        } else {
          int place = "nrtbf".indexOf(escaped);
          read.append(place < 0 ? escaped : "\n\r\t\b\f".charAt(place));
        }
      }
      at++;
      return read.toString();
    }
  }
}
