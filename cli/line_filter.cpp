#include "cli/line_filter.hpp"

#include "cli/console.hpp"

#include <cerrno>
#include <cstring>

namespace jobfarm::cli {

namespace {

constexpr std::size_t chunk_bytes = 1u << 18;

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == line.npos;
}

} // namespace

void line_reader::closer::operator()(std::FILE* file) const {
  if (file != stdin)
    std::fclose(file);
}

line_reader::line_reader(std::FILE* file)
    : file_(file), buffer_(chunk_bytes, '\0') {
}

expected<line_reader> line_reader::open(const std::string& path) {
  if (path.empty() || path == "-")
    return line_reader{stdin};
  auto* file = std::fopen(path.c_str(), "rb");
  if (!file)
    return fail(errc::invalid_input,
                "cannot read " + path + ": " + std::strerror(errno));
  return line_reader{file};
}

bool line_reader::fill() {
  begin_ = 0;
  end_ = std::fread(buffer_.data(), 1, buffer_.size(), file_.get());
  return end_ > 0;
}

bool line_reader::next() {
  joined_.clear();
  too_long_ = false;
  bool any = false;
  while (begin_ < end_ || fill()) {
    any = true;
    std::string_view rest(buffer_.data() + begin_, end_ - begin_);
    auto stop = rest.find('\n');
    auto piece = rest.substr(0, stop);
    begin_ += piece.size() + (stop != rest.npos);
    if (stop != rest.npos && joined_.empty() && !too_long_) {
      line_ = piece;
      ++number_;
      return true;
    }
    too_long_ = too_long_ || joined_.size() + piece.size() > max_line_bytes;
    if (!too_long_)
      joined_ += piece;
    if (stop != rest.npos)
      break;
  }
  if (!any)
    return false;
  line_ = too_long_ ? std::string_view{} : joined_;
  ++number_;
  return true;
}

output::~output() {
  flush();
}

bool output::line_done() {
  buffer_ += '\n';
  return buffer_.size() < chunk_bytes || flush();
}

bool output::flush() {
  auto good = print(buffer_) && std::fflush(stdout) == 0;
  buffer_.clear();
  return good;
}

int filter_lines(const settings& given,
                 const std::function<expected<void>(std::string_view)>& work) {
  auto inputs = given.operands;
  if (inputs.empty())
    inputs.emplace_back("-");
  bool all_good = true;
  for (const auto& input : inputs) {
    auto reader = line_reader::open(input);
    if (!reader)
      return complain(reader.error());
    while (reader->next()) {
      if (is_blank(reader->line()) && !reader->too_long())
        continue;
      auto done = reader->too_long()
                      ? expected<void>{fail(errc::too_large, "line too long")}
                      : work(reader->line());
      if (done)
        continue;
      all_good = false;
      complain("line " + std::to_string(reader->number()) + ": "
               + done.error().detail);
    }
  }
  return all_good ? exit_done : exit_usage;
}

expected<std::string> read_all(const std::string& path, std::size_t max_bytes) {
  auto* file =
      path.empty() || path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (!file)
    return fail(errc::invalid_input,
                "cannot read " + path + ": " + std::strerror(errno));
  std::string all;
  std::string chunk(chunk_bytes, '\0');
  while (auto got = std::fread(chunk.data(), 1, chunk.size(), file)) {
    all.append(chunk, 0, got);
    if (all.size() > max_bytes)
      break;
  }
  if (file != stdin)
    std::fclose(file);
  if (all.size() > max_bytes)
    return fail(errc::too_large,
                "read " + (path.empty() ? "stdin" : path) + ": more than "
                    + std::to_string(max_bytes >> 20) + " MiB");
  return all;
}

} // namespace jobfarm::cli
