#include "actors/watch/log.hpp"

#include "actors/text/time.hpp"
#include "messages/json_writer.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>
#include <cstdio>

namespace jobfarm::watch {

namespace {

/// Everything is decided here; spdlog only writes, one line at a time.
struct log_state {
  log_options options;
  std::shared_ptr<spdlog::logger> writer;
};

log_state& state() {
  static log_state held;
  return held;
}

std::atomic<log_level> least{log_level::off};

/// RFC 3339 with milliseconds.
std::string now_text() {
  auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                 std::chrono::system_clock::now().time_since_epoch())
                 .count();
  char fraction[8];
  std::snprintf(fraction, sizeof fraction, ".%03dZ",
                static_cast<int>(now % 1000));
  auto text = text::format_utc(now / 1000);
  text.pop_back();
  return text + fraction;
}

bool is_empty(const log_field& one) {
  const auto* text = std::get_if<std::string_view>(&one.value);
  return text && text->empty();
}

void append_value(std::string& out, const log_field& one) {
  if (const auto* text = std::get_if<std::string_view>(&one.value))
    json::append_string(out, *text);
  else if (const auto* whole = std::get_if<std::int64_t>(&one.value))
    json::append_number(out, *whole);
  else
    json::append_number(out, std::get<double>(one.value));
}

std::string json_line(const log_options& options, std::string_view ts,
                      log_level level, std::string_view event,
                      std::string_view message,
                      std::initializer_list<log_field> fields) {
  std::string line;
  json::object_writer out(line);
  out.member("ts", ts)
      .member("level", to_string(level))
      .member("event", event)
      .member("msg", message)
      .member("node", options.node);
  for (const auto& one : fields)
    if (!is_empty(one))
      append_value(out.name(one.name), one);
  out.close();
  return line;
}

/// Text in quotes where it would not be one word of one line.
void append_word(std::string& out, std::string_view text) {
  auto is_plain = !text.empty();
  for (auto c : text)
    is_plain = is_plain && c > ' ' && c < 0x7f && c != '"';
  is_plain ? void(out += text) : json::append_string(out, text);
}

std::string text_line(const log_options&, std::string_view ts, log_level level,
                      std::string_view event, std::string_view message,
                      std::initializer_list<log_field> fields) {
  std::string line{ts};
  line += ' ';
  line += to_string(level);
  line += ' ';
  line += event;
  line += ' ';
  json::append_string(line, message);
  for (const auto& one : fields) {
    if (is_empty(one))
      continue;
    line += ' ';
    line += one.name;
    line += '=';
    if (const auto* text = std::get_if<std::string_view>(&one.value))
      append_word(line, *text);
    else
      append_value(line, one);
  }
  return line;
}

} // namespace

std::string log_line(const log_options& options, std::string_view ts,
                     log_level level, std::string_view event,
                     std::string_view message,
                     std::initializer_list<log_field> fields) {
  return options.is_json
             ? json_line(options, ts, level, event, message, fields)
             : text_line(options, ts, level, event, message, fields);
}

void start_log(const log_options& options) {
  auto& ours = state();
  ours.options = options;
  ours.writer = std::make_shared<spdlog::logger>(
      "jobfarm", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  ours.writer->set_pattern("%v");
  ours.writer->set_level(spdlog::level::trace);
  least = options.level;
}

void set_log_level(log_level level) {
  least = level;
}

bool is_logged(log_level level) {
  return level >= least.load() && level != log_level::off;
}

void log(log_level level, std::string_view event, std::string_view message,
         std::initializer_list<log_field> fields) {
  if (!is_logged(level))
    return;
  auto& ours = state();
  auto line = log_line(ours.options, now_text(), level, event, message, fields);
  ours.writer->log(spdlog::level::critical, line);
}

} // namespace jobfarm::watch
