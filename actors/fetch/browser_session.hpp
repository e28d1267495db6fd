#pragma once

#include "actors/fetch/browser_driver.hpp"
#include "actors/fetch/browser_gate.hpp"
#include "actors/fetch/browser_log.hpp"
#include "actors/fetch/browser_process.hpp"
#include "actors/fetch/http_client.hpp"

#include <memory>

namespace jobfarm::fetch {

struct browser_options {
  browser_programs programs;
  /// Browsers at the same time.
  std::size_t most_browsers = 2;
  /// Memory of one browser and all its processes; one that wants more is
  /// replaced and its page is too_large.
  std::size_t most_memory_bytes = 1024u << 20;
  /// From the request to the page's load event.
  std::chrono::milliseconds page_timeout{30'000};
  /// For its scripts, from there: a page that never comes to rest is taken as
  /// it stands then.
  std::chrono::milliseconds script_timeout{10'000};
  /// Nothing on the network for so long is rest.
  std::chrono::milliseconds rest{500};
  /// Pages after which a browser is replaced: they grow.
  int most_pages = 200;
  /// One that nobody wants for so long is ended.
  std::chrono::seconds most_idle{60};
};

/// One browser with a profile of its own, which lives as long as it does, and
/// its gate. Used by the thread that started it.
class browser_session {
public:
  /// Errors: provider_unavailable (will not start), cancelled.
  static expected<std::unique_ptr<browser_session>>
  start(const browser_options& options, const http_client_options& http,
        const transport& via, stop_sign is_stopped);

  /// Loads a page, waits until its scripts have come to rest, and gives the
  /// document as it is then: HTML, or the text of a page that is text or JSON.
  /// Status and headers are those of the document. Errors: as
  /// `http_client::fetch`; provider_unavailable if the browser died or hangs.
  /// After any failure but one of the network this session is of no more use.
  expected<http_response> load(const http_order& order);

  /// True if requests that go out like `via` may use it.
  bool fits(const transport& via) const;
  std::uint64_t number() const noexcept {
    return via_.session;
  }
  /// Where the last page and its parts came from.
  std::set<std::string> hosts() const {
    return gate_->hosts();
  }
  /// True if it has shown as many pages as it should.
  bool is_worn() const noexcept {
    return pages_ >= options_.most_pages;
  }

private:
  browser_session(const browser_options& options,
                  const http_client_options& http, transport via,
                  stop_sign is_stopped);

  std::string capabilities() const;
  expected<void> open();
  expected<void> visit(const std::string& url);
  expected<void> come_to_rest();
  expected<void> read_log();
  std::optional<failure> reason_to_stop() const;
  std::optional<failure> problem_of_document(const std::string& url) const;
  expected<std::string> read_document();
  http_response answer_with(std::string body) const;

  const browser_options& options_;
  const http_client_options& http_;
  transport via_;
  stop_sign is_stopped_;
  std::size_t most_body_bytes_;
  int pages_ = 0;
  browser_log log_;
  std::unique_ptr<browser_gate> gate_;
  std::unique_ptr<browser_process> process_;
  std::unique_ptr<browser_driver> driver_;
};

} // namespace jobfarm::fetch
