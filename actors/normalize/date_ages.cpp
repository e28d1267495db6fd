#include "actors/normalize/date_ages.hpp"

#include "actors/text/phrase_table.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace jobfarm::normalize {

namespace {

constexpr std::int64_t hour_s = 3600;
constexpr std::int64_t day_s = 24 * hour_s;

struct word_row {
  std::int64_t value;
  /// `|` between them.
  std::string_view words;
};

/// Stems of time units; a word begins with one, the longest that fits decides.
/// A month is 30 days, a year 365.
constexpr word_row units[] = {
    {1, "second|sec|sekund|segundo|seconde|秒|초"},
    {60, "minut|min|мин|分|분|dakika|perc|phut|menit"},
    {hour_s, "hour|hr|stund|std|heure|hora|ora|ore|uur|uren|godz|timm|timer|"
             "time|tunti|tuntia|час|小时|小時|時間|시간|saat|hodin|orav|oraja|"
             "jam|gio|годин"},
    {day_s, "day|tag|jour|dia|giorn|dag|dni|dzien|dnu|dny|dnem|den|дн|ден|"
            "nap|zi|zile|gun|paiva|天|日|일|hari|ngay"},
    {7 * day_s, "week|wk|woche|semaine|semana|settiman|weken|tydzien|tygodn|"
                "tyden|tydn|veck|uge|uke|недел|тижн|hafta|het|saptaman|viikko|"
                "周|週|星期|주|minggu|tuan"},
    {30 * day_s, "month|mo|mth|monat|mois|mes|mese|maand|miesi|mesic|manad|"
                 "maned|месяц|місяц|kuukau|luna|luni|honap|个月|個月|か月|"
                 "ヶ月|カ月|ヵ月|개월|달|bulan|thang"},
    {365 * day_s, "year|yr|jahr|an|ans|ano|anno|anni|jaar|rok|lat|vuosi|год|"
                  "лет|年|년|yil|tahun|nam"},
};

/// Short units that touch their number or stand alone behind it.
constexpr std::pair<std::string_view, std::int64_t> letters[] = {
    {"d", day_s}, {"h", hour_s},      {"w", 7 * day_s}, {"m", 60},
    {"j", day_s}, {"y", 365 * day_s}, {"t", day_s}};

constexpr word_row numbers[] = {
    {1, "a|an|one|ein|eine|einem|einer|einen|un|une|una|uno|um|uma|een|en|ett|"
        "et|jeden|jedna|jedne|bir|один|одну|одна|egy|o|bir|yksi|se"},
    {2, "two|zwei|deux|dos|due|dois|duas|twee|dwa|dwie|tva|to|два|две|iki"},
    {3, "three|drei|trois|tres|tre|drie|trzy|три|uc"},
    {4, "four|vier|quatre|cuatro|quattro|quatro|cztery|fyra|fire|четыре"},
    {5, "five|funf|cinq|cinco|cinque|vijf|piec|fem|пять"},
    {6, "six|sechs|seis|sei|zes|szesc|sex|seks|шесть"},
    {7, "seven|sieben|sept|siete|sette|sete|zeven"},
    {8, "eight|acht|huit|ocho|otto|oito"},
    {9, "nine|neun|neuf|nueve|nove|negen"},
    {10, "ten|zehn|dix|diez|dieci|dez|tien"},
    {30, "thirty|dreissig|trente|treinta|trenta|trinta|dertig"}};

/// Ages without a number, in days.
constexpr word_row day_words[] = {
    {0, "just posted|just now|today|heute|aujourd'hui|aujourd’hui|hoy|hoje|"
        "oggi|vandaag|dzis|dzisiaj|idag|i dag|dnes|azi|astazi|сегодня|"
        "сьогодні|今天|今日|本日|오늘|bugun|ma|tanaan|hari ini|hom nay|"
        "few hours|few minutes|few moments|moments ago|moment ago|a l'instant|"
        "a l’instant|gerade eben|gerade|soeben|recien publicado|ahora mismo|"
        "agora mesmo|zojuist|przed chwila|刚刚|剛剛|たった今|방금|az once|"
        "less than an hour|less than a day|within the last hour|"
        "einige stunden|quelques heures|unas horas|algumas horas|poche ore"},
    {1, "yesterday|gestern|hier|ayer|ontem|ieri|gisteren|wczoraj|igar|i gar|"
        "vcera|tegnap|вчера|вчора|昨天|昨日|어제|dun|eilen|kemarin|hom qua"},
    {2, "day before yesterday|vorgestern|avant-hier|avant hier|anteayer|"
        "antes de ayer|anteontem|l'altro ieri|altroieri|eergisteren|"
        "przedwczoraj|i forrgar|i forgars|позавчера|позавчора|前天|一昨日|"
        "おととい|그저께|evvelsi gun"},
};

/// Labels that mean today only when nothing else is said.
constexpr std::string_view new_labels =
    "|new|neu|nuevo|nouveau|novo|nuovo|nieuw|nowe|ny|new!|新着|";

constexpr std::string_view bounds =
    "+ |more than |over |mehr als |uber |plus de |mas de |piu di |mais de |"
    "meer dan |ponad |wiecej niz |oltre |mer an |mer enn |mere end |yli |"
    "больше |более |以上|이상|超过|超過|fazla|vice nez |peste |at least |"
    "lebih dari ";

/// Words of a time to come or left.
constexpr std::string_view futures =
    "|left|remaining|noch|restants|restantes|closes|closing|expires|ends|"
    "deadline|verbleibend|";
constexpr std::string_view future_begins = "|in|dans|binnen|noch|za|через|om|";

constexpr std::string_view ago_words = "|ago|temu|назад|geleden|тому|once|fa|";

std::vector<std::string> folded_words(std::string_view list) {
  std::vector<std::string> all;
  text::for_each_phrase(list, [&](std::string_view word) {
    if (!word.empty())
      all.push_back(text::fold_ascii(word));
  });
  return all;
}

bool has_word(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

struct stem {
  std::string text;
  std::int64_t value;
};

template <std::size_t N>
std::vector<stem> stems_of(const word_row (&rows)[N]) {
  std::vector<stem> all;
  for (const auto& row : rows)
    for (auto& word : folded_words(row.words))
      all.push_back({std::move(word), row.value});
  return all;
}

std::int64_t unit_of(std::string_view word) {
  static const auto stems = stems_of(units);
  const stem* best = nullptr;
  for (const auto& one : stems) {
    // Short stems are whole words: "an" is no begin of "angebot".
    auto is_short =
        one.text.size() <= 3 && static_cast<unsigned char>(one.text[0]) < 0x80;
    auto rest = word.size() - std::min(word.size(), one.text.size());
    if (word.substr(0, one.text.size()) == one.text && (!is_short || rest <= 2)
        && (best == nullptr || one.text.size() > best->text.size()))
      best = &one;
  }
  return best == nullptr ? 0 : best->value;
}

std::int64_t count_of(const date_token& token) {
  static const auto stems = stems_of(numbers);
  if (token.number >= 0)
    return token.number;
  for (const auto& one : stems)
    if (one.text == token.word)
      return one.value;
  return -1;
}

bool is_bound(std::string_view folded) {
  auto padded = std::string{folded} + ' ';
  auto found = padded.find('+') != padded.npos;
  static const auto words = folded_words(bounds);
  for (const auto& word : words) {
    auto at = padded.find(word);
    found = found || (at != padded.npos && !text::is_word_before(padded, at));
  }
  return found;
}

std::optional<std::int64_t> days_in(std::string_view folded) {
  static const auto stems = stems_of(day_words);
  static const text::phrase_scanner scanner([] {
    std::vector<std::string_view> phrases;
    for (const auto& one : stems)
      phrases.push_back(one.text);
    return phrases;
  }());
  std::size_t longest = 0;
  std::optional<std::int64_t> days;
  scanner.scan(folded, [&](const text::phrase_scanner::hit& one) {
    if (one.end - one.begin > longest) {
      longest = one.end - one.begin;
      days = stems[one.phrase].value;
    }
  });
  if (!days
      && new_labels.find('|' + std::string{folded} + '|') != new_labels.npos)
    days = 0;
  return days;
}

} // namespace

std::optional<posting_age> age_in(std::string_view folded,
                                  const std::vector<date_token>& tokens) {
  static const auto begins_ahead = folded_words(future_begins);
  static const auto ahead = folded_words(futures);
  static const auto ago = folded_words(ago_words);
  static const auto ago_behind = folded_words("temu|назад|тому");
  auto is_ahead = !tokens.empty() && has_word(begins_ahead, tokens[0].word);
  auto is_past = false;
  for (const auto& one : tokens) {
    is_past = is_past || has_word(ago, one.word);
    if (has_word(ahead, one.word))
      return std::nullopt;
  }
  if (is_ahead && !is_past)
    return std::nullopt;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    auto unit = tokens[i].number < 0 ? unit_of(tokens[i].word) : 0;
    auto count = i > 0 ? count_of(tokens[i - 1]) : -1;
    if (i > 0 && tokens[i - 1].number >= 0)
      for (auto [letter, seconds] : letters)
        if (tokens[i].word == letter)
          unit = seconds;
    // "tydzien temu", a week ago.
    if (count < 0 && unit > 0 && i + 1 < tokens.size()
        && has_word(ago_behind, tokens[i + 1].word))
      count = 1;
    if (unit > 0 && count >= 0 && count < 10'000)
      return posting_age{count * unit, is_bound(folded)};
  }
  if (auto days = days_in(folded))
    return posting_age{*days * day_s, false};
  return std::nullopt;
}

} // namespace jobfarm::normalize
