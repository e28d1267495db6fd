#include "tests/bench/stages.hpp"

#include "actors/collect/posting_index.hpp"
#include "actors/dedupe/evidence.hpp"
#include "actors/enrich/fit.hpp"
#include "actors/normalize/company.hpp"
#include "actors/normalize/dates.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer.hpp"
#include "actors/normalize/place.hpp"
#include "actors/normalize/quality.hpp"
#include "actors/normalize/salary.hpp"
#include "actors/normalize/skills.hpp"
#include "actors/normalize/statements.hpp"
#include "actors/normalize/title.hpp"
#include "actors/normalize/work_mode.hpp"
#include "actors/report/report_writer.hpp"
#include "actors/sources/source.hpp"
#include "actors/store/leveldb_store.hpp"
#include "actors/store/memory_store.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/html.hpp"
#include "actors/text/phrase_sieve.hpp"
#include "messages/json.hpp"
#include "messages/msgpack.hpp"
#include "tests/support/paths.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace jobfarm::bench {

namespace {

namespace fs = std::filesystem;

/// Throws what should not go wrong in a benchmark.
template <class T>
T must(expected<T> got) {
  if (!got)
    throw std::runtime_error(got.error().detail);
  return *std::move(got);
}

void must(const expected<void>& done) {
  if (!done)
    throw std::runtime_error(done.error().detail);
}

std::string input_file(const std::string& name) {
  const char* directory = std::getenv("JOBFARM_BENCH_INPUT");
  auto path = fs::path{directory ? directory : "."} / name;
  return directory && fs::exists(path) ? test::read_file(path) : std::string{};
}

/// A page of a list and how many postings it tells of.
struct page {
  const sources::source* from;
  std::string payload;
  std::size_t postings = 0;

  sources::parsed_page parse() const {
    sources::parse_context context;
    context.board = "bench";
    context.company = "Bench";
    context.url = "https://jobs.example/page";
    context.fetched_at = "2026-10-01T00:00:00Z";
    return must(from->parse(payload, context));
  }
};

page page_of(const std::string& source, const std::string& file) {
  page made{sources::find_source(source), input_file(source + file), 0};
  if (made.payload.empty())
    for (const auto* name :
         {"list.json", "list.html", "search.html", "cards.html", "newer.html"})
      if (auto path = test::data_dir() / "sources" / source / name;
          made.payload.empty() && fs::exists(path))
        made.payload = test::read_file(path);
  auto parsed = made.parse();
  made.postings = parsed.postings.size();
  for (const auto& next : parsed.next)
    made.postings += next.listed.has_value();
  return made;
}

const std::vector<raw_posting>& raws() {
  static const auto all = [] {
    std::vector<raw_posting> read;
    std::istringstream lines(input_file("raw.jsonl"));
    for (std::string line; std::getline(lines, line);)
      read.push_back(must(from_json<raw_posting>(line)));
    return read.empty() ? page_of("greenhouse", ".json").parse().postings
                        : read;
  }();
  return all;
}

const std::shared_ptr<const normalize::gazetteer>& world() {
  static const auto opened =
      must(normalize::gazetteer::open(JOBFARM_GAZETTEER));
  return opened;
}

const normalize::normalizer& rules() {
  static const normalize::normalizer made(world());
  return made;
}

const std::vector<job_posting>& postings() {
  static const auto all = [] {
    std::vector<job_posting> made;
    for (const auto& one : raws())
      made.push_back(must(rules().normalize(one)));
    return made;
  }();
  return all;
}

const std::vector<text::folded_text>& folded() {
  static const auto all = [] {
    std::vector<text::folded_text> made;
    for (const auto& one : postings())
      made.emplace_back(one.description);
    return made;
  }();
  return all;
}

/// `work` on each of `items`; both live as long as the program.
template <class Items, class Work>
stage over(std::string name, const Items& items, Work work) {
  return {std::move(name), items.size(), [&items, work] {
            for (const auto& one : items)
              work(one);
          }};
}

template <class T>
void keep(T&& value) {
  benchmark::DoNotOptimize(value);
}

void add_sources(std::vector<stage>& all) {
  for (const auto* source : sources::all_sources()) {
    std::string name{source->traits.name};
    auto from = page_of(name, name == "jsonld" ? ".html" : ".json");
    if (from.postings > 0)
      all.push_back({"parse/" + name, from.postings,
                     [from] { keep(from.parse().postings.size()); }});
  }
}

void add_text(std::vector<stage>& all) {
  all.push_back(over("text/html", raws(), [](const raw_posting& one) {
    keep(text::html_to_text(one.description_html));
  }));
  all.push_back(over("text/fold", postings(), [](const job_posting& one) {
    keep(text::folded_text(one.description).folded().size());
  }));
  static const text::phrase_sieve sieve(
      {&normalize::experience_phrases(), &normalize::visa_phrases(),
       &normalize::skill_phrases(), &normalize::work_mode_phrases()});
  all.push_back(over("text/sift", folded(), [](const text::folded_text& one) {
    keep(sieve.hits_in(one).size());
  }));
}

/// The steps that `normalize/all` consists of, beside text/*. Readers of
/// descriptions look for their own phrases here, where a sieve finds them in
/// one pass for all there.
void add_normalize(std::vector<stage>& all) {
  using namespace normalize;
  all.push_back(over("normalize/all", raws(), [](const raw_posting& one) {
    keep(rules().normalize(one));
  }));
  all.push_back(over("normalize/place", raws(), [](const raw_posting& one) {
    place_hints hints;
    hints.location = one.location;
    hints.locations = &one.locations;
    keep(resolve_places(*world(), hints).places.size());
  }));
  all.push_back(over("normalize/title", raws(), [](const raw_posting& one) {
    auto title = normalize_title(clean_title(one.title, {}));
    keep(seniority_of(title));
    keep(role_family_of(title));
  }));
  all.push_back(over("normalize/company", raws(), [](const raw_posting& one) {
    keep(clean_company(one.company));
    keep(normalize_company(one.company));
  }));
  all.push_back(over("normalize/date", raws(), [](const raw_posting& one) {
    keep(parse_posted(one.posted, one.fetched_at));
  }));
  auto of_text = [&](const char* name, auto read) {
    all.push_back(over(name, folded(), read));
  };
  of_text("normalize/mode",
          [](const text::folded_text& one) { keep(mode_in_description(one)); });
  of_text("normalize/language",
          [](const text::folded_text& one) { keep(language_of(one)); });
  of_text("normalize/experience",
          [](const text::folded_text& one) { keep(experience_in(one)); });
  of_text("normalize/skills",
          [](const text::folded_text& one) { keep(skills_in(one)); });
  of_text("normalize/visa",
          [](const text::folded_text& one) { keep(visa_in(one)); });
  of_text("normalize/salary", [](const text::folded_text& one) {
    salary_input input;
    input.folded = &one;
    keep(find_salary(input));
  });
  all.push_back(over("normalize/quality", postings(), [](const auto& one) {
    keep(completeness_of(one));
    keep(quality_of(one, false));
  }));
}

/// All postings into an empty index, as INGEST does.
void place_all() {
  store::pending_view view(std::make_shared<store::memory_store>());
  collect::posting_index index({}, view);
  for (const auto& one : postings())
    keep(must(index.place(one, one.board)).stored);
}

void add_dedupe(std::vector<stage>& all) {
  all.push_back(over("dedupe/evidence", postings(), [](const auto& one) {
    keep(dedupe::evidence_of(one, dedupe::print_of(one.description)));
  }));
  all.push_back({"dedupe/index", postings().size(), place_all});
}

void add_records(std::vector<stage>& all) {
  static const auto packed = [] {
    std::vector<std::string> made;
    for (const auto& one : postings())
      made.push_back(pack(one));
    return made;
  }();
  static const auto lines = [] {
    std::vector<std::string> made;
    for (const auto& one : postings())
      append_json(made.emplace_back(), one);
    return made;
  }();
  all.push_back(over("record/pack", postings(),
                     [](const job_posting& one) { keep(pack(one)); }));
  all.push_back(over("record/unpack", packed, [](const std::string& one) {
    keep(unpack<job_posting>(one));
  }));
  all.push_back(over("record/to_json", postings(), [](const job_posting& one) {
    static std::string line;
    line.clear();
    append_json(line, one);
    keep(line.data());
  }));
  all.push_back(over("record/from_json", lines, [](const std::string& one) {
    keep(from_json<job_posting>(one));
  }));
}

/// One durable batch, as INGEST commits them.
void add_store(std::vector<stage>& all) {
  static test::temporary_directory directory;
  static const auto disk =
      must(store::open_leveldb_store(directory.path() / "store"));
  static const auto changes = [] {
    store::batch made;
    for (const auto& one : postings())
      made.put(job_posting{one});
    return made;
  }();
  all.push_back({"store/commit", changes.postings.size(),
                 [] { must(disk->commit(changes)); }});
}

void add_enrich(std::vector<stage>& all) {
  static enrich::fit_model model(
      {"technical program manager kubernetes",
       {normalize::wanted_place{"Berlin"}},
       false,
       100'000});
  for (const auto& one : postings())
    model.observe(one);
  all.push_back(over("enrich/fit", postings(), [](const job_posting& one) {
    keep(model.score(one, 1'790'000'000));
  }));
}

/// Reports of many rows, so that a workbook's fixed parts hardly count.
void add_reports(std::vector<stage>& all) {
  constexpr std::size_t rows = 2000;
  static test::temporary_directory directory;
  for (const std::string ending : {"xlsx", "csv", "jsonl"})
    all.push_back(
        {"export/" + ending, rows, [ending] {
           auto path = directory.path() / ("jobs." + ending);
           auto report = must(report::open_report(path.string(), {}));
           for (std::size_t i = 0; i < rows; ++i)
             must(report->add({postings()[i % postings().size()], {}}));
           must(report->finish());
         }});
}

} // namespace

std::vector<stage> all_stages() {
  std::vector<stage> all;
  add_sources(all);
  add_text(all);
  add_normalize(all);
  add_dedupe(all);
  add_records(all);
  add_store(all);
  add_enrich(all);
  add_reports(all);
  return all;
}

} // namespace jobfarm::bench
