#include "actors/normalize/place_words.hpp"

#include <optional>
#include <unordered_set>

namespace jobfarm::normalize {

namespace {

/// What separates words, and how; longer marks first.
struct mark {
  std::string_view text;
  word_join join;
};

constexpr mark wide_marks[] = {
    {"\xE2\x80\x93", word_join::comma}, // en dash
    {"\xE2\x80\x94", word_join::comma}, // em dash
    {"\xE2\x80\x90", word_join::hyphen},
    {"\xE2\x80\x91", word_join::hyphen},
    {"\xE2\x86\x92", word_join::comma}, // arrow
    {"\xE2\x80\xA2", word_join::list},  // bullet
    {"\xC2\xB7", word_join::comma},     // middle dot
    {"\xC2\xA0", word_join::blank},
    {"\xEF\xBC\x8C", word_join::comma}, // full-width comma
    {"\xE3\x80\x81", word_join::list},  // ideographic comma
    {"\xEF\xBC\x9B", word_join::list},  // full-width semicolon
    {"\xEF\xBC\x8F", word_join::list},  // full-width slash
    {"\xEF\xBC\x88", word_join::comma}, // full-width brackets
    {"\xEF\xBC\x89", word_join::comma},
    {"\xE3\x80\x80", word_join::blank}, // ideographic space
};

constexpr std::optional<word_join> join_of(char c) {
  switch (c) {
    case ' ':
    case '\t':
    case '*':
    case '"': return word_join::blank;
    case '-':
    case '_': return word_join::hyphen;
    case ',':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case '>':
    case '<':
    case '@':
    case ':': return word_join::comma;
    case ';':
    case '|':
    case '/':
    case '\\':
    case '\n':
    case '\r':
    case '+': return word_join::list;
    default: return std::nullopt;
  }
}

/// The separator at `at`, if one is there; `size` is its length.
std::optional<word_join> separator_at(std::string_view text, std::size_t at,
                                      std::size_t& size) {
  size = 1;
  if (static_cast<unsigned char>(text[at]) < 0x80)
    return join_of(text[at]);
  for (const auto& one : wide_marks)
    if (text.compare(at, one.text.size(), one.text) == 0) {
      size = one.text.size();
      return one.join;
    }
  return std::nullopt;
}

/// What was met between two words; the strongest joins them.
struct gap {
  bool has_blank = false;
  bool has_hyphen = false;
  bool has_comma = false;
  bool has_list = false;

  void add(word_join join) {
    has_blank = has_blank || join == word_join::blank;
    has_hyphen = has_hyphen || join == word_join::hyphen;
    has_comma = has_comma || join == word_join::comma;
    has_list = has_list || join == word_join::list;
  }

  word_join join() const {
    if (has_list)
      return word_join::list;
    // A hyphen beside a blank is a dash.
    if (has_comma || (has_hyphen && has_blank))
      return word_join::comma;
    return has_hyphen ? word_join::hyphen : word_join::blank;
  }
};

using word_set = std::unordered_set<std::string_view>;

/// Words of a location that name no place.
const word_set& noise() {
  static const word_set all = {"100%",         "a",           "n",
                               "all",          "allowed",     "applicants",
                               "authorized",   "available",   "base",
                               "based",        "be",          "bundesweit",
                               "campus",       "can",         "candidate",
                               "candidates",   "citizens",    "client",
                               "contract",     "country",     "customer",
                               "days",         "desde",       "distributed",
                               "domicile",     "during",      "eligible",
                               "en",           "est",         "field",
                               "first",        "fixed",       "flexibility",
                               "flexible",     "freelance",   "friendly",
                               "from",         "full",        "fully",
                               "gmt",          "headquarter", "headquarters",
                               "heimarbeit",   "hiring",      "home",
                               "homebased",    "homeoffice",  "hours",
                               "hq",           "hub",         "hubs",
                               "hybrid",       "hybride",     "hybrido",
                               "hybrydowa",    "hybrydowo",   "ibrido",
                               "im",           "in",          "including",
                               "inoffice",     "inperson",    "live",
                               "located",      "location",    "locations",
                               "main",         "multiple",    "must",
                               "nationwide",   "near",        "offered",
                               "office",       "offices",     "on",
                               "only",         "onsite",      "open",
                               "option",       "optional",    "other",
                               "our",          "part",        "permanent",
                               "moglich",      "physical",    "position",
                               "possible",
                               "preferably",   "preferrably", "preferred",
                               "presencial",   "prodistance", "pst",
                               "remota",       "remote",      "remotefirst",
                               "remotely",     "remoto",      "required",
                               "residents",    "role",        "several",
                               "site",         "sites",       "some",
                               "store",        "surrounding", "tbc",
                               "tbd",          "telecommute", "teletrabajo",
                               "teletrabalho", "teletravail", "telework",
                               "time",         "timezone",    "timezones",
                               "to",           "travel",      "unspecified",
                               "utc",          "various",     "virtual",
                               "we",           "wfa",         "wfh",
                               "within",       "work",        "workers",
                               "working",      "zdalna",      "zdalnie",
                               "zone",         "zones"};
  return all;
}

/// Words around a name.
const word_set& frames() {
  static const word_set all = {
      "centrale",     "principale", "central",      "street",
      "road",         "avenue",     "square",       "floor",
      "suite",        "tower",      "park",         "plaza",
      "house",        "room",       "drive",        "lane",
      "highway",      "strasse",    "blvd",         "area",
      "areas",        "bezirk",     "borough",      "cedex",
      "center",       "central",    "centre",       "circa",
      "city",         "coast",      "commune",      "community",
      "council",      "county",     "da",           "de",
      "del",          "della",      "departement",  "department",
      "der",          "di",         "district",     "division",
      "do",           "downtown",   "du",           "east",
      "eastern",      "grand",      "great",        "greater",
      "gross",        "grossraum",  "inner",        "kanton",
      "kreis",        "la",         "metro",        "metroplex",
      "metropolitan", "midtown",    "municipality", "ncr",
      "neighborhood", "north",      "northeast",    "northern",
      "northwest",    "oblast",     "of",           "outer",
      "povinsi",      "prefecture", "province",     "provincia",
      "raum",         "region",     "rhein",        "sar",
      "south",        "southeast",  "southern",     "southwest",
      "state",        "states",     "suburb",       "suburbs",
      "surroundings", "the",        "town",         "umgebung",
      "uptown",       "village",    "voivodeship",  "west",
      "western"};
  return all;
}

/// Words between places, in the languages of most job sites.
const word_set& joiners() {
  static const word_set all = {"&",    "ama",  "and",    "e",   "eller", "et",
                               "i",    "ili",  "ja",     "lub", "o",     "och",
                               "oder", "og",   "oppure", "or",  "oraz",  "ou",
                               "sau",  "si",   "tai",    "u",   "und",   "vagy",
                               "ve",   "veya", "vs",     "y"};
  return all;
}

/// "Frankfurt (Oder)", "Halle/Saale": what tells towns of one name apart.
bool is_byname(std::string_view word) {
  for (std::string_view one : {"Oder", "Main", "Saale", "Breisgau"})
    if (word == one)
      return true;
  return false;
}

/// English words that also name a town.
const word_set& common_words() {
  static const word_set all = {
      "bar",         "bath",     "best",         "big",      "buy",
      "care",        "central",  "commerce",     "date",     "deal",
      "enterprise",  "field",    "formosa",      "guide",    "hall",
      "home",        "hub",      "independence", "industry", "lead",
      "liberty",     "male",     "man",          "manage",   "mission",
      "mobile",      "most",     "nice",         "normal",   "of",
      "opportunity", "orange",   "pacific",      "plant",    "progress",
      "reading",     "republic", "same",         "service",  "split",
      "start",       "student",  "teams",        "union",    "university",
      "van",         "victor"};
  return all;
}

} // namespace

std::vector<place_word> place_words(std::string_view text) {
  std::vector<place_word> words;
  gap between;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = 1;
    if (auto found = separator_at(text, at, size)) {
      between.add(*found);
      at += size;
      continue;
    }
    place_word word;
    auto begin = at;
    while (at < text.size() && !separator_at(text, at, size)) {
      word.has_digit = word.has_digit || (text[at] >= '0' && text[at] <= '9');
      ++at;
    }
    word.text = text.substr(begin, at - begin);
    word.before = words.empty()           ? word_join::list
                  : is_byname(word.text) ? word_join::blank
                                         : between.join();
    between = {};
    words.push_back(word);
  }
  return words;
}

bool is_place_code(std::string_view word) {
  std::size_t letters = 0;
  for (char c : word)
    if (c >= 'A' && c <= 'Z')
      ++letters;
    else if (c != '.')
      return false;
  return letters == 2 || letters == 3;
}

word_role role_of(std::string_view folded) {
  if (joiners().count(folded) != 0)
    return word_role::joiner;
  if (noise().count(folded) != 0)
    return word_role::noise;
  return frames().count(folded) != 0 ? word_role::frame : word_role::unknown;
}

bool is_common_word(std::string_view folded) {
  return common_words().count(folded) != 0;
}

bool is_word_code(std::string_view code) {
  for (std::string_view word :
       {"NA",  "EST", "AND", "OR",  "IN",  "ON",  "ME",  "HI", "AS", "AT",
        "BE",  "BY",  "DO",  "IS",  "MY",  "NO",  "SO",  "TO", "AM", "PM",
        "IT",  "HR",  "QA",  "PR",  "AI",  "ET",  "DE",  "LA", "EN", "ES",
        "MST", "CAN", "ARE", "COM", "MAR", "MAN", "PER", "PAN"})
    if (code == word)
      return true;
  return false;
}

bool is_never_alone(std::string_view code) {
  return code == "NA" || code == "EST" || code == "MST" || code == "AND"
         || code == "COM" || code == "ARE" || code == "PAN";
}

bool is_short_form(std::string_view key) {
  for (std::string_view one : {"nyc", "usa", "uae", "ksa", "sfo", "slc"})
    if (key == one)
      return true;
  return false;
}

} // namespace jobfarm::normalize
