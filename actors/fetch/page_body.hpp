#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace jobfarm::fetch {

/// The bytes of a page, shared by all who hold them and never changed: to copy
/// it copies none of them. Whoever reads whole blocks may read
/// `readable_behind` bytes behind the last one; what stands there means
/// nothing.
class page_body {
public:
  static constexpr std::size_t readable_behind = 64;

  page_body() = default;
  page_body(std::string bytes);

  /// Room for a body that is still to come, with that of an earlier page if
  /// there is any: at least `size` bytes and those behind them.
  static std::string room_for(std::size_t size);

  std::string_view view() const noexcept {
    return bytes_ ? std::string_view{*bytes_} : std::string_view{};
  }
  operator std::string_view() const noexcept {
    return view();
  }
  std::size_t size() const noexcept {
    return view().size();
  }
  bool empty() const noexcept {
    return size() == 0;
  }

  /// Within the class: outside it, texts too would be compared as bodies.
  friend bool operator==(const page_body& body, std::string_view bytes) {
    return body.view() == bytes;
  }

private:
  std::shared_ptr<const std::string> bytes_;
};

} // namespace jobfarm::fetch
