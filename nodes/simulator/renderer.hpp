#pragma once

#include "nodes/simulator/render.hpp"

#include <optional>

/// What the sources' renderers share; inside the simulator only.
namespace jobfarm::simulator_world {

constexpr std::int64_t day_s = 86'400;

/// A posting with its job, as the renderers need it.
struct shown {
  posting id;
  job what;
  std::string url;
  std::int64_t posted = 0;
};

/// The postings of one board, ready to be put into a page.
class renderer {
public:
  renderer(const world& of, const question& asked, const board_plan& on)
      : of_(of), asked_(asked), on_(on) {
  }

  shown show(std::uint64_t index) const {
    shown one;
    one.id = of_.posting_at(on_, index);
    one.what = of_.job_of(one.id);
    one.url = public_url(of_, on_, one.id, asked_.self);
    auto today = asked_.now - asked_.now % day_s;
    one.posted = today - one.what.age_days * day_s;
    return one;
  }

  /// The posting of an id of the source; nothing if the board has none.
  std::optional<shown> find(const std::string& source_id) const {
    for (std::uint64_t i = 0; i < on_.count; ++i)
      if (of_.posting_at(on_, i).source_id == source_id)
        return show(i);
    return std::nullopt;
  }

  /// Joins the items of `[first, first + count)` into a JSON array.
  template <class Item>
  std::string array(std::uint64_t first, std::uint64_t count, Item item) const {
    std::string out = "[";
    for (auto i = first; i < first + count; ++i) {
      if (out.size() > 1)
        out += ',';
      item(out, show(i));
    }
    return out + ']';
  }

  const world& of_;
  const question& asked_;
  const board_plan& on_;
};

/// A page with postings `[first, first + count)` of `on`.
page full(std::string body, const board_plan& on, std::uint64_t first,
          std::uint64_t count);

/// A 404 in a source's own words.
page missing(std::string body, std::string type = "application/json");

/// What stands behind the last slash.
std::string last_segment(std::string_view path);

// One a source: the answer to what `by` was asked for.
page greenhouse(const renderer& by);
page lever(const renderer& by);
page ashby(const renderer& by);
page workable(const renderer& by);
page smartrecruiters(const renderer& by);
page remoteok(const renderer& by);
page careerjet(const renderer& by);
page indeed(const renderer& by);
page indeed_job(const renderer& by);
page linkedin(const renderer& by);
page linkedin_job(const renderer& by);
page ziprecruiter(const renderer& by);
page ziprecruiter_job(const renderer& by);
page jsonld(const renderer& by);
/// A board that only scripts fill, with what `scripted_data` answers.
page scripted(const renderer& by);
page scripted_data(const renderer& by);

} // namespace jobfarm::simulator_world
