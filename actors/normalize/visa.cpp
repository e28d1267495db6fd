#include "actors/normalize/sentence_end.hpp"
#include "actors/normalize/statements.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/phrase_table.hpp"

#include <algorithm>
#include <vector>

namespace jobfarm::normalize {

namespace {

/// What a word adds to a sentence about sponsorship.
enum class visa_word {
  refusal, ///< a whole refusal by itself
  offer,   ///< a whole offer by itself
  sponsor,
  visa,
  negation,
  papers, ///< "your visa": an offer with who cares for it
  care,
  some, ///< "not for every role" refuses nothing
  help  ///< what makes an offer of a sponsor or a visa
};

using v = visa_word;

/// From the reference data's list of ad wordings, and the same in the main
/// languages of job sites.
constexpr text::phrase_group<visa_word> statements[] = {
    {v::refusal,
     "no sponsorship|sponsorship is not|sponsorship not|sponsorship is "
     "unavailable|unable to sponsor|not able to sponsor|cannot sponsor|can not "
     "sponsor|can't sponsor|will not sponsor|won't sponsor|do not sponsor|"
     "don't sponsor|does not sponsor|doesn't sponsor|not currently sponsor|"
     "not sponsor|without sponsorship|without visa sponsorship|without the "
     "need for sponsorship|without employer sponsorship|without employment "
     "sponsorship|without company sponsorship|without requiring sponsorship|"
     "not require sponsorship|not require visa sponsorship|not eligible for "
     "sponsorship|not eligible for visa*|no visa sponsorship|no visa "
     "support|no h1b|no h-1b|no h1-b|no c2c|not provide sponsorship|not offer "
     "sponsorship|sponsorship: no|visa sponsorship: no|"
     "not have a sponsor*|not hold a sponsor*|no sponsor licen*|"
     "don't have a sponsor*|don't hold a sponsor*|"
     "sponsorship: not|sponsorship: none|sponsorship unavailable|"
     "or future sponsorship|without any sponsorship|requiring a visa cannot|"
     "requiring a visa will not|require a visa cannot|require a visa will not|"
     "need a visa cannot|need a visa will not|"
     "requiring sponsorship will not|require sponsorship will not|needing "
     "sponsorship will not|need sponsorship will not|need sponsorship cannot|"
     "require sponsorship cannot|requiring sponsorship cannot|require "
     "sponsorship are not|cannot support visa*|cannot support your visa|unable "
     "to support visa*|need for employer sponsorship|need for visa "
     "sponsorship|need for employment sponsorship|not sponsoring|cannot "
     "offer a certificate of sponsorship|not offer a certificate of "
     "sponsorship|us citizenship required|u.s. citizenship required|must be "
     "a us citizen|must be a u.s. citizen|must be u.s. citizen*|must be us "
     "citizen*|only u.s. citizens|us citizens only|u.s. citizens only"},
    {v::refusal,
     "geen visum sponsoring|nie oferujemy wsparcia|kein visasponsoring|keine "
     "visa-unterstutzung|kein visum-sponsoring|pas "
     "de sponsoring|pas de parrainage de visa|sin patrocinio de visa|no "
     "ofrecemos patrocinio|non offriamo sponsorizzazione|sem patrocinio de "
     "visto|geen visumsponsoring|geen visasponsoring|nie oferujemy "
     "sponsorowania|ビザサポートなし|ビザサポート不可|ビザ支援なし|"
     "ビザサポートは行って"
     "おりません|ビザのサポートは行っておりません|ビザのサポートはありません|"
     "不提供签证|不提供工作签证|不支持签证|비자 지원 불가|비자 지원이 불가|"
     "비자 지원 없음"},
    {v::offer,
     "sponsorship available|sponsorship is available|sponsorship provided|"
     "sponsorship offered|will sponsor|we'll sponsor|we’ll sponsor|"
     "willing to sponsor|sponsor you|sponsorship may be considered|"
     "sponsorship can be|sponsorship possible|sponsorship is possible|we can "
     "sponsor|"
     "assist with work permit*|assist with visa*|assist with your visa|"
     "assistance with work permit*|support visa app*|support with visa*|"
     "support with work permit*|support your visa*|able to "
     "sponsor|happy to sponsor|offer sponsorship|provide sponsorship|offers "
     "sponsorship|provides sponsorship|h-1b processing available|visa "
     "sponsorship: yes|visa and relocation|relocation and visa|visa support|"
     "visa assistance|help with visa|help with your visa|help you with "
     "visa|visa transfer|h1b transfer|h-1b transfer|"
     "immigration support|certificate of sponsorship|need visa sponsorship|"
     "requiring visa sponsorship are welcome|visa help|"
     "visa-unterstutzung|visaunterstutzung|visum und|visum sponsern|"
     "help with work permit*|work permit support|work permit assistance|lmia "
     "support|lmia available|lmia provided|take care of your visa|cover your "
     "visa|arrange your visa|handle your visa|visa & relocation|"
     "visa/relocation|apoyo con visado|ビザ取得支援|ビザ取得サポート|"
     "ビザスポンサー|blue card support|blue card sponsor*|employment visa "
     "provided|employment "
     "visa and|visa provided|visa will be provided|provide visa|provides visa|"
     "free visa|visa, accommodation|visa, flight*|visa and flight*|visa and "
     "accommodation|visumsunterstutzung|visumantrag|obtention du "
     "visa|sponsorisons|"
     "accompagnement visa|patrocinio de visado|patrocinio de visados|"
     "tramitacion del visado|ajuda com visto|suporte de visto|uzyskaniu "
     "wizy|sponsorowania wizy|wsparcie wizowe|hjalp med arbetstillstand|"
     "hjalp med visum|visumstotte|визовая поддержка|визовую поддержку|"
     "помощь с визой|visasponsoring|visa-sponsoring|unterstutzung beim "
     "visum|hilfe beim visum|parrainage de visa|sponsoring de visa|aide a "
     "l'obtention du visa|patrocinio de visa|patrocinamos visa|apoyo con el "
     "visado|sponsorizzazione del visto|supporto per il visto|patrocinio de "
     "visto|apoio ao visto|visumsponsoring|hulp bij visum|sponsorowanie wizy|"
     "ビザサポートあり|ビザのサポート|ビザサポート有|ビザ支援|ビザサポート|"
     "提供签证|"
     "提供工作签证|签证支持|비자 지원"},
    {v::papers, "your visa|your work permit|visa costs|visa fees|"
                "visa application|visa applications|visa process|"
                "your work visa|your immigration"},
    {v::sponsor, "sponsor|sponsors|sponsorship|sponsorships|sponsoring|"
                 "sponsored|sponsoriser|sponsorisation"},
};

/// What counts only in a sentence with one of those.
constexpr text::phrase_group<visa_word> beside[] = {
    {v::visa, "visa|visas|h1b|h-1b|h1-b|work permit|work permits|immigration|"
              "work authorization|employment authorization|authorized to "
              "work|authorised to work|right to work|skilled worker|tier 2|"
              "green card|employment-based|eligible to work|work sponsorship|"
              "employment sponsorship|employer sponsorship"},
    {v::negation,
     "not|no|unable|cannot|can't|won't|don't|doesn't|never|nicht|kein|"
     "keine|leider|ne|pas|aucun|sin|nao|sem|non|nie|brak|geen|"
     "niet|inte|ikke|ej|ei|не|нет|"
     "neither|without|isn't|aren't|nor|unavailable"},
    {v::help, "available|offer|offers|offering|offered|provide|provides|"
              "provided|providing|will|can|able|happy|support|supports|"
              "consider|considered|eligible|possible|assist|yes|we sponsor|"
              "including|includes|included|pouvons|we do "
              "sponsor|sponsoring"},
    {v::care, "we|our|us|support|assist|assistance|help|cover|covered|pay|"
              "arrange|handle|sort|take care"},
    // What limits a refusal to some roles.
    {v::some, "every role|every candidate|every position|all roles|all "
              "candidates|every case|all cases|guaranteed|guarantee"},
};

struct visa_hit {
  visa_word kind = visa_word::visa;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Reads one sentence, `text`, by its words. Questions say nothing.
visa_sponsorship judge(std::string_view text,
                       const std::vector<visa_hit>& hits) {
  auto has = [&](visa_word kind) {
    return std::any_of(hits.begin(), hits.end(),
                       [&](const visa_hit& one) { return one.kind == kind; });
  };
  if (!text.empty() && text.back() == '?')
    return visa_sponsorship::unknown;
  if (has(v::some) && has(v::negation))
    return visa_sponsorship::unknown;
  if (has(v::refusal))
    return visa_sponsorship::not_offered;
  auto is_about = has(v::sponsor) && has(v::visa);
  auto count_of = [&](visa_word kind) {
    return std::count_if(hits.begin(), hits.end(),
                         [&](const visa_hit& one) { return one.kind == kind; });
  };
  // "Our team will assist you with your work permit": by whom, and what.
  auto is_cared_for = has(v::papers) && count_of(v::care) > 1
                      && !has(v::negation) && text.find(" you") != text.npos;
  auto is_in_clause = [&](const visa_hit& no) {
    return std::any_of(hits.begin(), hits.end(), [&](const visa_hit& one) {
      if (one.kind != v::sponsor && one.kind != v::offer)
        return false;
      auto from = std::min(no.end, one.end);
      auto to = std::max(no.begin, one.begin);
      return from <= to
             && text.substr(from, to - from).find_first_of(",;:")
                    == std::string_view::npos;
    });
  };
  if (is_about || has(v::offer))
    for (const auto& one : hits)
      if (one.kind == v::negation
          && is_in_clause(one)
          // "Non-EU candidates" refuses nobody.
          && text.substr(one.end, 1) != "-")
        return visa_sponsorship::not_offered;
  return has(v::offer) || (is_about && has(v::help)) || is_cared_for
             ? visa_sponsorship::offered
             : visa_sponsorship::unknown;
}

const text::phrase_table<visa_word>& statement_table() {
  static const text::phrase_table<visa_word> made(statements);
  return made;
}

/// The words of both tables between two positions, which count from the first;
/// until the next call of this thread.
const std::vector<visa_hit>& words_between(const text::folded_text& text,
                                           std::size_t from, std::size_t to) {
  static const text::phrase_table<visa_word> beside_table(beside);
  thread_local std::vector<visa_hit> hits;
  hits.clear();
  for (const auto* words : {&statement_table(), &beside_table})
    words->scanner().scan(text, from, to, [&](const text::phrase_hit& one) {
      hits.push_back({words->kind(one), one.begin - from, one.end - from});
    });
  return hits;
}

} // namespace

const text::phrase_scanner& visa_phrases() {
  return statement_table().scanner();
}

visa_statement visa_in(std::string_view text) {
  return visa_in(text::folded_text{text});
}

visa_statement visa_in(const text::folded_text& text) {
  auto folded = text.folded();
  thread_local std::vector<text::phrase_hit> hits;
  hits.clear();
  statement_table().scanner().scan(text, [&](const text::phrase_hit& one) {
    // They come by their begins: the place by the end is near.
    auto place = hits.end();
    while (place != hits.begin() && one.end < (place - 1)->end)
      --place;
    hits.insert(place, one);
  });
  visa_statement offer;
  std::size_t done = 0;
  for (const auto& statement : hits) {
    if (statement.begin < done)
      continue;
    auto sentence = sentence_at(folded, statement.begin);
    auto begin = static_cast<std::size_t>(sentence.data() - folded.data());
    done = std::max(begin + sentence.size(), statement.end);
    auto said = judge(sentence, words_between(text, begin, done));
    if (said == visa_sponsorship::unknown)
      continue;
    visa_statement found{said, std::string{text.original_between(begin, done)}};
    // A refusal anywhere outweighs an offer: it is the exact word.
    if (said == visa_sponsorship::not_offered)
      return found;
    if (offer.sentence.empty())
      offer = std::move(found);
  }
  return offer;
}

} // namespace jobfarm::normalize
