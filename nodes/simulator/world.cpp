#include "nodes/simulator/world.hpp"

#include "nodes/simulator/words.hpp"

#include <algorithm>
#include <array>

namespace jobfarm::simulator_world {

namespace {

/// SplitMix64 (Steele, Lea, Flood 2014): a stream of random numbers from any
/// seed, cheap to begin.
class dice {
public:
  explicit dice(std::uint64_t seed) : state_(seed) {
  }
  std::uint64_t next() {
    auto z = (state_ += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  std::uint64_t below(std::uint64_t bound) {
    return next() % bound;
  }
  bool chance(int percent) {
    return below(100) < static_cast<std::uint64_t>(percent);
  }
  template <class T, std::size_t N>
  const T& pick(const T (&from)[N]) {
    return from[below(N)];
  }

private:
  std::uint64_t state_;
};

std::uint64_t mixed(std::uint64_t seed, std::uint64_t kind,
                    std::uint64_t number) {
  dice d(seed * 1'000'003 + kind);
  return dice(d.next() ^ number).next();
}

std::string company_name(std::uint64_t seed, std::uint64_t number) {
  dice d(mixed(seed, 1, number));
  return std::string{d.pick(words::company_heads)} + ' '
         + std::string{d.pick(words::company_tails)} + ' '
         + std::to_string(number);
}

std::string slug_of(std::string_view name) {
  std::string slug;
  for (char c : name)
    if (c >= 'A' && c <= 'Z')
      slug += static_cast<char>(c + 32);
    else if (c != ' ')
      slug += c;
  return slug;
}

std::string hex(std::uint64_t value, int digits) {
  constexpr char all[] = "0123456789abcdef";
  std::string out(static_cast<std::size_t>(digits), '0');
  for (auto i = out.size(); i-- > 0; value >>= 4)
    out[i] = all[value & 15];
  return out;
}

/// An id of the form that the source uses.
std::string source_id_of(std::string_view source, std::uint64_t seed,
                         std::uint64_t number) {
  auto bits = mixed(seed, 2, number);
  if (source == "greenhouse")
    return std::to_string(4'000'000'000ull + number);
  if (source == "lever" || source == "ashby")
    return hex(bits, 8) + '-' + hex(bits >> 7, 4) + "-4" + hex(number >> 12, 3)
           + "-a" + hex(number, 3) + '-' + hex(bits * 31 + number, 12);
  if (source == "workable") {
    auto id = hex(number * 0x9E37 + 0xA000000000ull, 10);
    for (auto& c : id)
      if (c >= 'a')
        c = static_cast<char>(c - 32);
    return id;
  }
  if (source == "smartrecruiters")
    return std::to_string(744'000'000'000'000ull + number);
  if (source == "indeed")
    return hex(bits ^ number, 16);
  if (source == "ziprecruiter")
    return "Z" + hex(bits, 13) + hex(number, 8);
  if (source == "linkedin")
    return std::to_string(3'900'000'000ull + number);
  return std::to_string(1'000'000 + number);
}

std::string money_text(std::int64_t amount) {
  auto text = std::to_string(amount);
  for (auto i = static_cast<std::ptrdiff_t>(text.size()) - 3; i > 0; i -= 3)
    text.insert(static_cast<std::size_t>(i), ",");
  return text;
}

void add_salary(dice& d, job& one) {
  auto found =
      std::find_if(std::begin(words::pay_levels), std::end(words::pay_levels),
                   [&](const words::pay_level& level) {
                     return level.currency == one.place.currency;
                   });
  if (found == std::end(words::pay_levels) || !d.chance(60))
    return;
  auto step = found->step;
  auto low = found->low + static_cast<std::int64_t>(d.below(20)) * step;
  one.salary_min = low;
  one.salary_max = low + step * static_cast<std::int64_t>(3 + d.below(8));
  one.salary_period = found->period;
  const auto& code = found->currency;
  auto range = std::string{code} + ' ' + money_text(*one.salary_min) + " - "
               + money_text(*one.salary_max);
  one.salary_text = "The base salary range for this role is " + range + " per "
                    + one.salary_period + ", plus benefits.";
}

std::string describe(dice& d, const job& one) {
  std::string html = "<p>" + one.company + " "
                     + std::string{d.pick(words::about)}
                     + "</p><h3>What you will do</h3><ul>";
  auto sentence = [&] {
    return std::string{d.pick(words::verbs)} + ' '
           + std::string{d.pick(words::objects)} + " with "
           + std::string{d.pick(words::partners)} + ' '
           + std::string{d.pick(words::manners)};
  };
  for (auto i = 12 + d.below(14); i > 0; --i)
    html += "<li>" + sentence() + ".</li>";
  html += "</ul><h3>What you bring</h3><ul><li>"
          + std::to_string(2 + d.below(9)) + "+ years of experience in "
          + std::string{d.pick(words::fields)} + "</li>";
  for (auto i = 4 + d.below(5); i > 0; --i)
    html += "<li>Hands-on knowledge of " + std::string{d.pick(words::skills)}
            + " and " + std::string{d.pick(words::skills)} + "</li>";
  html += "</ul>";
  if (one.remote == "remote")
    html += "<p>This is a fully remote position.</p>";
  else if (one.remote == "hybrid")
    html += "<p>We have a hybrid work model.</p>";
  if (d.chance(12))
    html += "<p>Visa sponsorship is available for this role.</p>";
  else if (d.chance(15))
    html += "<p>We are unable to sponsor visas for this position.</p>";
  if (!one.salary_text.empty())
    html += "<p>" + one.salary_text + "</p>";
  for (auto i = 2 + d.below(4); i > 0; --i)
    html +=
        "<p>" + sentence() + ". " + sentence() + ". " + sentence() + ".</p>";
  return html;
}

} // namespace

bool is_aggregator(std::string_view source) {
  return source == "careerjet" || source == "indeed" || source == "linkedin"
         || source == "ziprecruiter" || source == "remoteok";
}

world::world(std::uint64_t seed, std::uint64_t postings,
             std::uint64_t career_pages)
    : seed_(seed) {
  auto share = [&](std::uint64_t percent) { return postings * percent / 100; };
  auto searched = std::min<std::uint64_t>(share(4), 600);
  auto pages = std::min(share(4), career_pages);
  add_boards("smartrecruiters", share(6), 40);
  add_boards("ashby", share(16), 30);
  add_boards("lever", share(20), 120);
  add_boards("workable", share(12), 25);
  add_boards("jsonld", pages, 1);
  // What the rest leaves goes to the largest kind of boards.
  auto others = share(6) + share(16) + share(20) + share(12) + pages
                + 4 * searched
                + std::min<std::uint64_t>(searched, 100);
  add_boards("greenhouse", postings > others ? postings - others : 0, 40);
  for (const auto& one : boards_)
    originals_ = std::max(originals_, one.first + one.count);
  add_boards("remoteok", std::min<std::uint64_t>(searched, 100), postings + 1);
  for (const auto* source : {"careerjet", "indeed", "linkedin", "ziprecruiter"})
    add_boards(source, searched, postings + 1);
}

void world::add_boards(std::string_view source, std::uint64_t postings,
                       std::uint64_t size) {
  auto next = boards_.empty() ? 0 : boards_.back().first + boards_.back().count;
  while (postings > 0) {
    board_plan made;
    made.count = std::min(size, postings);
    made.first = next;
    made.board.source = source;
    if (is_aggregator(source)) {
      made.board.token = "search";
    } else {
      made.board.company = company_name(seed_, boards_.size());
      made.board.token = slug_of(made.board.company);
    }
    next += made.count;
    postings -= made.count;
    boards_.push_back(std::move(made));
  }
}

const board_plan* world::find(std::string_view source,
                              std::string_view token) const {
  for (const auto& one : boards_)
    if (one.board.source == source
        && (is_aggregator(source) || one.board.token == token))
      return &one;
  return nullptr;
}

const board_plan& world::board_of(std::uint64_t number) const {
  auto after = std::upper_bound(
      boards_.begin(), boards_.end(), number,
      [](std::uint64_t n, const board_plan& one) { return n < one.first; });
  return *std::prev(after);
}

std::optional<std::uint64_t> world::original_of(const board_plan& on,
                                                std::uint64_t index) const {
  dice d(mixed(seed_, 3, on.first + index));
  if (!is_aggregator(on.board.source) || originals_ == 0 || !d.chance(60))
    return std::nullopt;
  // A prime stride: no source shows one job twice.
  constexpr std::uint64_t stride = 7919;
  return (mixed(seed_, 5, on.first) + index * stride) % originals_;
}

posting world::posting_at(const board_plan& on, std::uint64_t index) const {
  auto number = on.first + index;
  posting made;
  made.number = number;
  made.job_number = original_of(on, index).value_or(number);
  made.source_id = source_id_of(on.board.source, seed_, number);
  return made;
}

job world::job_of(const posting& one) const {
  dice d(mixed(seed_, 4, one.job_number));
  job made;
  const auto& level = d.pick(words::levels);
  made.seniority = level.level;
  const auto& role = d.chance(45) ? d.pick(words::program_titles)
                                  : d.pick(words::other_titles);
  made.title = std::string{level.prefix} + std::string{role} + ", "
               + std::string{d.pick(words::areas)};
  const auto& on = board_of(one.job_number);
  made.company = on.board.company.empty()
                     ? company_name(seed_, 1'000'000 + d.below(5000))
                     : on.board.company;
  made.place = d.pick(words::spots);
  made.remote = d.chance(30) ? "remote" : d.chance(35) ? "hybrid" : "onsite";
  made.employment_type = d.chance(85) ? "full_time" : "contract";
  made.age_days = static_cast<int>(d.below(45));
  add_salary(d, made);
  made.description = describe(d, made);
  if (one.job_number != one.number)
    reword(one, made);
  return made;
}

/// Half of the copies are not exact: the title shouts or names its place, the
/// text is cut, as aggregators do.
void world::reword(const posting& one, job& copy) const {
  dice d(mixed(seed_, 6, one.number));
  if (d.chance(50))
    return;
  if (d.chance(50))
    copy.title += " - " + std::string{copy.place.city};
  else
    for (auto& c : copy.title)
      if (c >= 'a' && c <= 'z')
        c = static_cast<char>(c - 32);
  auto cut = copy.description.rfind("<p>");
  if (d.chance(50) && cut != std::string::npos)
    copy.description.resize(cut);
}

} // namespace jobfarm::simulator_world
