#include "cli/commands.hpp"

#include "actors/dedupe/batch.hpp"
#include "actors/dedupe/merge.hpp"
#include "actors/report/file_target.hpp"
#include "actors/report/part_file.hpp"
#include "cli/console.hpp"
#include "cli/line_filter.hpp"
#include "cli/option_checks.hpp"
#include "cli/record_spool.hpp"
#include "messages/json_writer.hpp"

namespace jobfarm::cli {

namespace {

/// A posting that nobody has enriched has no such part.
void append_line(std::string& to, const enriched_posting& one) {
  if (one.enrichment == enrichment{})
    append_json(to, one.posting);
  else
    append_json(to, one);
}

/// The one posting of a group, with the enrichment of the best record that has
/// one.
enriched_posting merged(const std::vector<enriched_posting>& members) {
  std::vector<const job_posting*> all;
  std::vector<const job_posting*> enriched;
  for (const auto& one : members) {
    all.push_back(&one.posting);
    if (one.enrichment != enrichment{})
      enriched.push_back(&one.posting);
  }
  enriched_posting made{dedupe::canonical_of(all), {}};
  if (enriched.empty())
    return made;
  const auto* best = &dedupe::best_of(enriched);
  for (const auto& one : members)
    if (&one.posting == best)
      made.enrichment = one.enrichment;
  return made;
}

/// Evidence in memory: a million postings need 1.1 gigabytes. Records are read
/// again from the input or, where that cannot be, from a temporary file.
class deduper {
public:
  deduper(dedupe::decision_options options, record_spool records)
      : batch_(options), records_(std::move(records)) {
  }

  expected<void> add(std::string_view line, const line_place& place) {
    auto one = from_json<enriched_posting>(line);
    if (!one)
      return one.error();
    batch_.add(one->posting);
    line_.clear();
    append_line(line_, *one);
    return line_ == line ? records_.add(line, place) : records_.add(line_);
  }

  expected<std::vector<std::vector<std::uint32_t>>>
  groups(const dedupe::batch::pair_visitor& visit) {
    return batch_.groups(
        [&](std::uint32_t number) -> expected<dedupe::shingle_set> {
          auto posting = read(number);
          if (!posting)
            return posting.error();
          return dedupe::shingles_of(posting->posting.description);
        },
        visit);
  }

  /// Writes the one posting of a group.
  expected<void> write(const std::vector<std::uint32_t>& group,
                       std::string& to) const {
    if (group.size() == 1) {
      auto line = records_.read(group.front());
      if (!line)
        return line.error();
      to += *line;
      return {};
    }
    std::vector<enriched_posting> members;
    for (auto number : group) {
      auto posting = read(number);
      if (!posting)
        return posting.error();
      members.push_back(*std::move(posting));
    }
    append_line(to, merged(members));
    return {};
  }

private:
  expected<enriched_posting> read(std::uint32_t number) const {
    auto line = records_.read(number);
    if (!line)
      return line.error();
    return from_json<enriched_posting>(*line);
  }

  dedupe::batch batch_;
  record_spool records_;
  std::string line_;
};

void append_pair(std::string& to, const dedupe::evidence& a,
                 const dedupe::evidence& b, const dedupe::decision& made) {
  json::object_writer row(to);
  row.member("a", a.id)
      .member("b", b.id)
      .member("decision", made.merge ? "merge" : "keep")
      .member("reason", made.reason)
      .member("title", made.alike.title)
      .member("company", made.alike.company)
      .member("description", made.alike.description)
      .member("score", made.alike.score());
  auto& list = row.name("signatures") += '[';
  for (const auto& one : made.signatures) {
    if (list.back() != '[')
      list += ',';
    json::append_string(list, one);
  }
  list += ']';
  row.close();
  to += '\n';
}

/// The file of decisions, where one is asked for.
class pairs_file {
public:
  static expected<pairs_file> open(const settings& given) {
    pairs_file made;
    if (given.has("pairs")) {
      auto file = report::part_file::open(given.text("pairs"));
      if (!file)
        return file.error();
      made.file_ = std::make_unique<report::part_file>(*std::move(file));
    }
    return made;
  }

  dedupe::batch::pair_visitor visitor() {
    if (!file_)
      return {};
    return [this](const dedupe::evidence& a, const dedupe::evidence& b,
                  const dedupe::decision& made) {
      line_.clear();
      append_pair(line_, a, b, made);
      if (written_)
        written_ = file_->write(line_);
    };
  }

  expected<void> complete() {
    if (!file_ || !written_)
      return written_;
    return file_->complete();
  }

private:
  std::unique_ptr<report::part_file> file_;
  std::string line_;
  expected<void> written_;
};

dedupe::decision_options options_of(const settings& given) {
  dedupe::decision_options options;
  options.rule = given.text("rule") == "seed" ? dedupe::rule::seed
                                              : dedupe::rule::location;
  options.threshold = *given.number("threshold");
  return options;
}

int run_dedupe(const settings& given) {
  auto pairs = pairs_file::open(given);
  if (!pairs)
    return complain(pairs.error());
  auto records = record_spool::open();
  if (!records)
    return complain(records.error());
  deduper all(options_of(given), *std::move(records));
  auto code = filter_placed_lines(
      given, [&](std::string_view line, const line_place& place) {
        return all.add(line, place);
      });
  if (!code)
    return complain(code.error());
  auto groups = all.groups(pairs->visitor());
  if (!groups)
    return complain(groups.error());
  if (auto done = pairs->complete(); !done)
    return complain(done.error());
  if (given.text("pairs") == report::standard_output)
    return *code;
  output out;
  for (const auto& group : *groups) {
    if (auto done = all.write(group, out.buffer()); !done)
      return complain(done.error());
    if (!out.line_done())
      break;
  }
  out.flush();
  return *code;
}

} // namespace

const command dedupe_command = {
    "dedupe",
    "Merge postings that are one job",
    "[FILE]...",
    -1,
    {
        {"rule", value_kind::text, "NAME",
         "seed: signatures and score alone; location: never what is known to "
         "be another job",
         "location", false,
         [](const option& opt, std::string_view value) {
           return one_of(opt, value, {"seed", "location"});
         }},
        {"threshold", value_kind::number, "N",
         "a score above this is a duplicate, 0 to 1", "0.85", false, share},
        {"pairs", value_kind::file, "FILE",
         "write each decision as JSONL; - for stdout, instead of the "
         "postings"},
    },
    {"jobfarm dedupe --pairs pairs.jsonl < postings.jsonl > unique.jsonl",
     "jobfarm dedupe --rule seed --threshold 0.9 < postings.jsonl"},
    run_dedupe,
};

} // namespace jobfarm::cli
