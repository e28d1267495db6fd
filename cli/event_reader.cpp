#include "cli/event_reader.hpp"

namespace jobfarm::cli {

void event_reader::take(std::string_view bytes) {
  rest_ += bytes;
  std::size_t begin = 0;
  for (auto end = rest_.find('\n'); end != rest_.npos;
       end = rest_.find('\n', begin)) {
    std::string_view text{rest_.data() + begin, end - begin};
    if (!text.empty() && text.back() == '\r')
      text.remove_suffix(1);
    line(text);
    begin = end + 1;
  }
  rest_.erase(0, begin);
}

void event_reader::line(std::string_view text) {
  if (text.empty()) {
    if (has_data_)
      visit_(name_.empty() ? "message" : name_, data_);
    name_.clear();
    data_.clear();
    has_data_ = false;
    return;
  }
  auto colon = std::min(text.find(':'), text.size());
  auto field = text.substr(0, colon);
  auto value = text.substr(std::min(colon + 1, text.size()));
  if (!value.empty() && value.front() == ' ')
    value.remove_prefix(1);
  if (field == "event")
    name_ = value;
  if (field != "data")
    return;
  if (has_data_)
    data_ += '\n';
  data_ += value;
  has_data_ = true;
}

} // namespace jobfarm::cli
