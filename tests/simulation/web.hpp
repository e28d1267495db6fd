#pragma once

#include "actors/fetch/http_client.hpp"
#include "nodes/simulator/world.hpp"
#include "tests/simulation/stage.hpp"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace jobfarm::simulation {

/// The sources: the job-board simulator's pages, answered in virtual time, by
/// sites that refuse, fail and fall silent. Knows what was handed out.
class web {
public:
  explicit web(stage& on);

  std::vector<board> boards() const;

  /// Answers later, once.
  void ask(const fetch::http_order& order, fetch::http_done done);

  /// `SOURCE ID` of everything that was on a page.
  const std::set<std::string>& handed_out() const noexcept {
    return handed_out_;
  }
  /// Everything that a board shows, in the same words.
  std::vector<std::string> shown_by(const std::string& source,
                                    const std::string& board) const;

  /// How often somebody knew what he asked for.
  std::int64_t unchanged() const noexcept {
    return unchanged_;
  }

  /// How long a source that refuses wants to be left alone, 0 if it never says.
  std::int32_t retry_after_s(const std::string& source) const;

private:
  expected<fetch::http_response> answer(const fetch::http_order& order);
  fetch::http_response page(const std::string& url);
  fetch::http_response page_or_304(const fetch::http_order& order);

  stage& on_;
  std::uint64_t seed_;
  simulator_world::world world_;
  std::set<std::string> handed_out_;
  std::int64_t unchanged_ = 0;
};

/// A worker's HTTP client. What is under way when it ends is never answered. It
/// is a violation to ask one without a browser for a page by a browser.
std::shared_ptr<fetch::http_client> make_web_client(stage& on, process of,
                                                    bool has_browser);

} // namespace jobfarm::simulation
