#include "cli/commands.hpp"

#include "actors/dedupe/merge.hpp"
#include "actors/dedupe/same_job.hpp"
#include "actors/dedupe/signatures.hpp"
#include "actors/report/part_file.hpp"
#include "cli/console.hpp"
#include "cli/line_filter.hpp"
#include "messages/json_writer.hpp"

#include <deque>
#include <unordered_map>

namespace jobfarm::cli {

namespace {

/// Merges postings in the order they come, by equal signatures.
class exact_deduper {
public:
  exact_deduper(dedupe::rule by, report::part_file* pairs)
      : by_(by), pairs_(pairs) {
  }

  void add(job_posting&& posting) {
    auto keys = dedupe::signatures(posting);
    auto canonical = unique_.size();
    for (const auto& key : keys) {
      auto known = by_signature_.find(key);
      if (known == by_signature_.end())
        continue;
      auto why = dedupe::known_difference(unique_[known->second], posting, by_);
      tell(unique_[known->second], posting, key, why);
      if (why.empty() && canonical == unique_.size())
        canonical = known->second;
    }
    if (canonical == unique_.size())
      unique_.push_back(std::move(posting));
    else
      dedupe::merge_into(unique_[canonical], posting);
    for (auto& key : keys)
      by_signature_.emplace(std::move(key), canonical);
  }

  const std::deque<job_posting>& unique() const {
    return unique_;
  }

private:
  void tell(const job_posting& a, const job_posting& b, const std::string& key,
            std::string_view why) {
    if (!pairs_)
      return;
    std::string line;
    json::object_writer row(line);
    row.member("a", a.id)
        .member("b", b.id)
        .member("decision", why.empty() ? "merge" : "keep")
        .member("reason", why.empty() ? std::string_view{"signature"} : why)
        .null("title")
        .null("company")
        .null("description")
        .null("score");
    json::append_string(row.name("signatures") += '[',
                        key.substr(0, key.find('/')));
    line += ']';
    row.close();
    static_cast<void>(pairs_->write(line + '\n'));
  }

  dedupe::rule by_;
  report::part_file* pairs_;
  std::deque<job_posting> unique_;
  std::unordered_map<std::string, std::size_t> by_signature_;
};

int run(const settings& given) {
  auto name = given.text("rule");
  if (name != "seed" && name != "location")
    return complain(fail(errc::invalid_input,
                         "--rule takes seed or location, not \"" + name + '"'));
  if (given.has("threshold"))
    say(given, "--threshold has no effect yet: only equal signatures merge, "
               "however alike two postings are");
  std::optional<report::part_file> pairs;
  if (given.has("pairs")) {
    auto file = report::part_file::open(given.text("pairs"));
    if (!file)
      return complain(file.error());
    pairs.emplace(*std::move(file));
  }
  exact_deduper all(name == "seed" ? dedupe::rule::seed
                                   : dedupe::rule::location,
                    pairs ? &*pairs : nullptr);
  auto code = filter_records<job_posting>(
      given, [&](job_posting&& posting) -> expected<void> {
        all.add(std::move(posting));
        return {};
      });
  output out;
  for (const auto& posting : all.unique()) {
    append_json(out.buffer(), posting);
    if (!out.line_done())
      return exit_no;
  }
  if (pairs)
    if (auto done = pairs->complete(); !done)
      return complain(done.error());
  return out.flush() ? code : exit_no;
}

} // namespace

const command dedupe_command = {
    "dedupe",
    "Merge postings that are one job, by equal signatures",
    "[FILE]...",
    -1,
    {
        {"rule", value_kind::text, "NAME",
         "seed: signatures alone; location: never what is known to differ",
         "location"},
        {"threshold", value_kind::number, "N",
         "has no effect yet: only equal signatures merge"},
        {"pairs", value_kind::file, "FILE", "write each decision as JSONL"},
    },
    {"jobfarm dedupe --pairs pairs.jsonl < postings.jsonl > unique.jsonl"},
    run,
};

} // namespace jobfarm::cli
