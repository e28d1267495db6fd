#pragma once

#include "messages/expected.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

typedef void CURL;

namespace jobfarm::fetch {

/// The client's side of W3C WebDriver: JSON over HTTP to a driver on loopback,
/// one session at a time. All calls block until the answer, `patience`, or a
/// word of `interrupt`, which is asked about once a second. Used by one thread.
class browser_driver {
public:
  using milliseconds = std::chrono::milliseconds;

  /// Why a call is not to be waited for any longer.
  using interrupt = std::function<std::optional<failure>()>;

  /// Answers larger than `most_bytes` are too_large.
  browser_driver(std::uint16_t port, std::size_t most_bytes,
                 interrupt when_to_stop);
  ~browser_driver();
  browser_driver(const browser_driver&) = delete;
  browser_driver& operator=(const browser_driver&) = delete;

  /// Opens the session; `capabilities` is the JSON of `alwaysMatch`. Errors,
  /// of this and all that follow: timeout (the page or a script took longer
  /// than the session allows), provider_unavailable (driver or browser have
  /// died, hang, or will not start), too_large, internal (any other error the
  /// driver gives), and what `interrupt` says.
  expected<void> open_session(std::string_view capabilities,
                              milliseconds patience);

  /// Goes to an address and waits for the page's load event.
  expected<void> go(const std::string& url, milliseconds patience);

  /// Runs the body of a function in the page. Gives what it returns, as JSON.
  expected<std::string> run(std::string_view script, milliseconds patience);

  /// Entries of the performance log since the last call, as a JSON array.
  expected<std::string> performance_log(milliseconds patience);

private:
  expected<std::string> call(const std::string& path, const std::string& body,
                             milliseconds patience);
  static std::size_t on_body(char* bytes, std::size_t, std::size_t size,
                             void* self);
  static int on_progress(void* self, std::int64_t, std::int64_t, std::int64_t,
                         std::int64_t);

  CURL* curl_;
  std::string base_;
  std::size_t most_bytes_;
  interrupt when_to_stop_;
  std::optional<failure> stopped_;
  std::string session_;
  std::string answer_;
};

} // namespace jobfarm::fetch
