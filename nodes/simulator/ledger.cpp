#include "nodes/simulator/ledger.hpp"

#include "actors/text/time.hpp"
#include "messages/json_writer.hpp"
#include "nodes/simulator/render.hpp"

#include <optional>
#include <string_view>

namespace jobfarm::simulator_world {

namespace {

void append_optional(json::object_writer& out, std::string_view name,
                     const std::optional<std::int64_t>& value) {
  value ? void(out.member(name, *value)) : void(out.null(name));
}

void append_truth(std::string& out, const job& what, bool is_remote,
                  std::int64_t today) {
  json::object_writer truth(out);
  truth.member("title", what.title)
      .member("company", what.company)
      .member("location", what.place.display)
      .member("city", what.place.city)
      .member("country", what.place.country)
      .member("remote", is_remote ? "remote" : what.remote.c_str())
      .member("seniority", what.seniority)
      .member("employment_type", what.employment_type)
      .member("posted_at", text::format_utc(today - what.age_days * 86'400));
  append_optional(truth, "salary_min", what.salary_min);
  append_optional(truth, "salary_max", what.salary_max);
  if (what.salary_min)
    truth.member("salary_currency", what.place.currency)
        .member("salary_period", what.salary_period);
  else
    truth.null("salary_currency").null("salary_period");
  truth.close();
}

} // namespace

std::string token_of(const board& one, const std::string& self) {
  return one.source == "jsonld" ? self + "/jsonld/jobs/" + one.token
                                : one.token;
}

std::string ledger_line(const world& of, const board_plan& on,
                        std::uint64_t index, std::uint32_t times,
                        const std::string& self, std::int64_t now) {
  auto one = of.posting_at(on, index);
  // The truth is the job itself, not how a copy words it.
  auto original = one;
  original.number = one.job_number;
  std::string line;
  json::object_writer row(line);
  row.member("source", on.board.source)
      .member("board", token_of(on.board, self))
      .member("source_id", one.source_id)
      .member("url", public_url(of, on, one, self))
      .member("handed_out", static_cast<std::int64_t>(times));
  append_truth(row.name("truth"), of.job_of(original),
               on.board.source == "remoteok", now - now % 86'400);
  if (auto copied = of.original_of(on, index)) {
    const auto& first = of.board_of(*copied);
    json::object_writer copy(row.name("duplicate_of"));
    copy.member("source", first.board.source)
        .member("board", first.board.token)
        .member("source_id",
                of.posting_at(first, *copied - first.first).source_id);
    copy.close();
  } else {
    row.null("duplicate_of");
  }
  row.close();
  return line;
}

} // namespace jobfarm::simulator_world
