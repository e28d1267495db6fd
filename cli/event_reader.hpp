#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace jobfarm::cli {

/// Takes a text/event-stream in pieces as they come and hands out its events
/// (WHATWG HTML 9.2.6): name, and data lines joined by line breaks. Comments,
/// ids and unknown fields are skipped.
class event_reader {
public:
  using visitor =
      std::function<void(const std::string& name, const std::string& data)>;

  explicit event_reader(visitor visit) : visit_(std::move(visit)) {
  }

  void take(std::string_view bytes);

private:
  void line(std::string_view text);

  visitor visit_;
  std::string rest_;
  std::string name_;
  std::string data_;
  bool has_data_ = false;
};

} // namespace jobfarm::cli
