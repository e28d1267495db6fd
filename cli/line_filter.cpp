#include "cli/line_filter.hpp"

#include "cli/console.hpp"

#include <cerrno>
#include <cstring>

namespace jobfarm::cli {

namespace {

constexpr std::size_t chunk_bytes = 1u << 18;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == line.npos;
}

bool is_stdin(const std::string& path) {
  return path.empty() || path == "-";
}

failure cannot_read(const std::string& path) {
  return fail(errc::invalid_input, "cannot read "
                                       + (is_stdin(path) ? "stdin" : path)
                                       + ": " + std::strerror(errno));
}

/// `path` opened for reading; null with `errno` set.
std::FILE* open_input(const std::string& path) {
  return is_stdin(path) ? stdin : std::fopen(path.c_str(), "rb");
}

} // namespace

void line_reader::closer::operator()(std::FILE* file) const {
  if (file != stdin)
    std::fclose(file);
}

line_reader::line_reader(std::FILE* file, std::string path)
    : file_(file), path_(std::move(path)), buffer_(chunk_bytes, '\0') {
  if (auto begin = ::ftello(file); begin >= 0) {
    placed_ = placed_file::of(::fileno(file));
    buffer_end_ = static_cast<std::uint64_t>(begin);
  }
}

expected<line_reader> line_reader::open(const std::string& path) {
  auto* file = open_input(path);
  if (!file)
    return cannot_read(path);
  return line_reader{file, path};
}

bool line_reader::fill() {
  begin_ = 0;
  end_ = std::fread(buffer_.data(), 1, buffer_.size(), file_.get());
  buffer_end_ += end_;
  if (std::ferror(file_.get()))
    status_ = cannot_read(path_);
  return end_ > 0;
}

bool line_reader::next() {
  if (!read_line())
    return false;
  ++number_;
  if (number_ == 1 && line_.substr(0, 3) == byte_order_mark) {
    line_.remove_prefix(byte_order_mark.size());
    line_begin_ += byte_order_mark.size();
  }
  return true;
}

bool line_reader::read_line() {
  joined_.clear();
  too_long_ = false;
  line_begin_ = buffer_end_ - (end_ - begin_);
  bool any = false;
  while (begin_ < end_ || fill()) {
    any = true;
    std::string_view rest(buffer_.data() + begin_, end_ - begin_);
    auto stop = rest.find('\n');
    auto piece = rest.substr(0, stop);
    begin_ += piece.size() + (stop != rest.npos);
    if (stop != rest.npos && joined_.empty() && !too_long_) {
      line_ = piece;
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
  auto good = print(buffer_);
  buffer_.clear();
  return good;
}

expected<int>
filter_lines(const settings& given,
             const std::function<expected<void>(std::string_view)>& work) {
  return filter_placed_lines(
      given,
      [&](std::string_view line, const line_place&) { return work(line); });
}

expected<int> filter_placed_lines(
    const settings& given,
    const std::function<expected<void>(std::string_view, const line_place&)>&
        work) {
  auto inputs = given.operands;
  if (inputs.empty())
    inputs.emplace_back("-");
  int code = exit_done;
  for (const auto& input : inputs) {
    auto reader = line_reader::open(input);
    if (!reader)
      return reader.error();
    while (can_print() && reader->next()) {
      if (is_blank(reader->line()) && !reader->too_long())
        continue;
      auto done =
          reader->too_long()
              ? expected<void>{fail(errc::too_large, "longer than 64 MiB")}
              : work(reader->line(), reader->place());
      if (done)
        continue;
      code = exit_usage;
      complain_of_line(reader->number(),
                       done.error().detail
                           + (inputs.size() > 1 ? " (" + input + ')' : ""));
    }
    if (!reader->status())
      return reader->status().error();
  }
  return code;
}

expected<std::string> read_all(const std::string& path, std::size_t max_bytes) {
  auto* file = open_input(path);
  if (!file)
    return cannot_read(path);
  std::string all;
  std::string chunk(chunk_bytes, '\0');
  while (auto got = std::fread(chunk.data(), 1, chunk.size(), file)) {
    all.append(chunk, 0, got);
    if (all.size() > max_bytes)
      break;
  }
  expected<void> status;
  if (std::ferror(file))
    status = cannot_read(path);
  else if (all.size() > max_bytes)
    status = fail(errc::too_large,
                  "read " + (is_stdin(path) ? "stdin" : path) + ": more than "
                      + std::to_string(max_bytes >> 20) + " MiB");
  if (file != stdin)
    std::fclose(file);
  if (!status)
    return status.error();
  return all;
}

} // namespace jobfarm::cli
