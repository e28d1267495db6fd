#include "actors/text/phrase_scanner.hpp"

#include "actors/text/utf8.hpp"

#include <utility>

namespace jobfarm::text {

phrase_scanner::phrase_scanner(const std::vector<std::string_view>& phrases,
                               std::string_view blanks) {
  std::vector<phrase_index::phrase> words;
  std::vector<phrase_index::phrase> parts;
  for (std::size_t number = 0; number < phrases.size(); ++number) {
    phrase_index::phrase one;
    one.text = fold_ascii(phrases[number]);
    one.number = number;
    one.blanks = blanks;
    one.is_part = !one.text.empty() && one.text.front() == '*';
    one.text.erase(0, one.is_part);
    one.is_open = !one.text.empty() && one.text.back() == '*';
    one.text.resize(one.text.size() - one.is_open);
    if (!one.text.empty())
      (one.is_part ? parts : words).push_back(std::move(one));
  }
  words_ = phrase_index(std::move(words));
  parts_ = phrase_index(std::move(parts));
}

} // namespace jobfarm::text
