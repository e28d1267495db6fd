#include "cli/progress.hpp"

#include "cli/console.hpp"
#include "cli/logging.hpp"
#include "cli/option_checks.hpp"
#include "messages/json.hpp"

#include <algorithm>
#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

namespace jobfarm::cli {

namespace {

constexpr std::size_t most_lines = 8;
constexpr auto redraw_every = std::chrono::milliseconds{100};
constexpr auto tell_every = std::chrono::seconds{10};
constexpr auto write_every = std::chrono::seconds{1};

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return 80;
  return size.ws_col;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

std::string right(std::int64_t number, std::size_t width) {
  auto text = std::to_string(number);
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

source_progress total_of(const query_progress& progress) {
  source_progress total;
  total.source = "all";
  for (const auto& one : progress.sources) {
    total.tasks_known += one.tasks_known;
    total.tasks_done += one.tasks_done;
    total.tasks_failed += one.tasks_failed;
    total.handed_out += one.handed_out;
    total.stored += one.stored;
    total.merged += one.merged;
  }
  return total;
}

std::string eta(const source_progress& one, double elapsed_s) {
  auto done = one.tasks_done + one.tasks_failed;
  auto share = one.tasks_known > 0 ? static_cast<double>(done)
                                         / static_cast<double>(one.tasks_known)
                                   : 0.0;
  if (elapsed_s < 5 || share < 0.03 || share >= 1)
    return "--:--";
  auto left = static_cast<std::int64_t>(elapsed_s * (1 - share) / share);
  if (left >= 90)
    return '~' + std::to_string((left + 30) / 60) + " min";
  return '~' + std::to_string(left) + " s";
}

std::string bar(const source_progress& one) {
  constexpr std::int64_t cells = 16;
  auto done = one.tasks_done + one.tasks_failed;
  auto full = one.tasks_known > 0 ? done * cells / one.tasks_known : 0;
  std::string text = "[";
  text.append(static_cast<std::size_t>(full), '#');
  text.append(static_cast<std::size_t>(cells - full), '.');
  return text + ']';
}

std::string line_of(const source_progress& one, double elapsed_s) {
  auto done = one.tasks_done + one.tasks_failed;
  auto line = padded(one.source, 16) + ' ' + bar(one) + ' '
              + std::to_string(done) + '/' + std::to_string(one.tasks_known)
              + " pages  " + std::to_string(one.stored + one.merged) + " jobs  "
              + eta(one, elapsed_s);
  if (!one.waiting.empty())
    line += "  waiting: " + one.waiting;
  return line;
}

} // namespace

std::vector<std::string> progress_lines(const query_progress& progress,
                                        std::size_t most, std::size_t width) {
  auto busy = progress.sources;
  auto open = [](const source_progress& one) {
    return one.tasks_known - one.tasks_done - one.tasks_failed;
  };
  std::stable_sort(busy.begin(), busy.end(), [&](const auto& a, const auto& b) {
    return open(a) > open(b);
  });
  std::vector<std::string> lines;
  lines.push_back(line_of(total_of(progress), progress.elapsed_s));
  for (const auto& one : busy)
    if (lines.size() < most && open(one) > 0)
      lines.push_back(line_of(one, progress.elapsed_s));
  for (auto& line : lines)
    line.resize(std::min(line.size(), width > 1 ? width - 1 : 1));
  return lines;
}

option progress_option() {
  return {"progress",
          value_kind::text,
          "FORM",
          "auto, plain, json (lines on stderr, for programs) or none",
          "auto",
          false,
          [](const option& opt, std::string_view value) {
            return one_of(opt, value, {"auto", "plain", "json", "none"});
          }};
}

progress_display::form progress_display::form_of(const settings& given) {
  auto wanted = given.text("progress");
  if (wanted == "json")
    return form::json;
  if (wanted == "none" || given.flag("quiet"))
    return form::none;
  auto is_plain = wanted == "plain" || !stderr_is_terminal()
                  || log_level_of(given) < watch::log_level::warn;
  return is_plain ? form::plain : form::bar;
}

progress_display::progress_display(const settings& given)
    : form_(form_of(given)) {
}

progress_display::~progress_display() {
  clear();
}

void progress_display::clear() {
  if (drawn_lines_ > 0)
    std::fprintf(stderr, "\x1b[%dA\x1b[J", drawn_lines_);
  drawn_lines_ = 0;
}

bool progress_display::is_due() {
  auto now = clock::now();
  if (!last_ && form_ == form::plain)
    last_ = now; // the first word after 10 s, not at once
  auto pause = form_ == form::bar    ? clock::duration{redraw_every}
               : form_ == form::json ? clock::duration{write_every}
                                     : clock::duration{tell_every};
  return form_ != form::none && (!last_ || now - *last_ >= pause);
}

void progress_display::show(const query_progress& progress) {
  last_ = clock::now();
  if (form_ == form::json) {
    std::fprintf(stderr, "%s\n", to_json(progress).c_str());
    return;
  }
  if (form_ == form::plain) {
    auto line = progress_lines(progress, 1, 200).front();
    std::fprintf(stderr, "jobfarm: %.0f s  %s\n", progress.elapsed_s,
                 line.c_str());
    return;
  }
  clear();
  for (const auto& line :
       progress_lines(progress, most_lines, terminal_width())) {
    std::fprintf(stderr, "%s\n", line.c_str());
    ++drawn_lines_;
  }
}

void progress_display::show_end(const query_progress& progress) {
  if (form_ == form::json)
    show(progress);
}

std::string summary_table(const query_progress& progress,
                          const collection_result& result, bool has_colour) {
  auto sources = progress.sources;
  auto error_of = [&](const std::string& name) {
    return std::find_if(
        result.errors.begin(), result.errors.end(),
        [&](const source_error& one) { return one.source == name; });
  };
  std::stable_partition(sources.begin(), sources.end(), [&](const auto& one) {
    return error_of(one.source) != result.errors.end();
  });
  std::string text = "source            status      boards  pages  received  "
                     "stored  merged  again  rejected\n";
  for (const auto& one : sources) {
    auto error = error_of(one.source);
    auto good = error == result.errors.end();
    auto how = good ? tone::good : one.handed_out > 0 ? tone::fair : tone::bad;
    constexpr const char* words[] = {"complete", "partial", "failed"};
    auto status = padded(words[static_cast<std::size_t>(how)], 11);
    text += padded(one.source, 17) + ' '
            + painted(std::move(status), how, has_colour)
            + right(one.boards_complete, 4) + '/'
            + padded(std::to_string(one.boards), 3) + right(one.tasks_done, 6)
            + right(one.handed_out, 10) + right(one.stored, 8)
            + right(one.merged, 8) + right(one.seen_again, 7)
            + right(one.rejected, 10) + '\n';
    if (!good)
      text += "                  " + std::string{to_string(error->code)} + ": "
              + error->message + '\n';
  }
  return text;
}

} // namespace jobfarm::cli
