#include "actors/sources/liveness.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/tag_reader.hpp"
#include "actors/sources/wall.hpp"
#include "actors/text/utf8.hpp"

#include <re2/re2.h>

namespace jobfarm::sources {

namespace {

// A page with less text is a shell that a script has yet to fill.
constexpr std::size_t min_posting_text = 200;
constexpr visit_failure transient{"transient", std::nullopt};

/// Sentences in which sites close a posting: what it is, then that it is over.
/// "Open until the position is filled" is none: "filled" needs "has been".
const re2::RE2& closed_words() {
  static const re2::RE2 pattern{
      // English
      R"((?:\b(?:job|position|role|posting|vacancy|opening|opportunity|listing|requisition|ad|advert|advertisement)s?)"
      R"((?: (?:posting|listing|ad|opening|offer|you(?: are|'re| were) looking for|that you are looking for|you requested|has|is|was|may have|might have))* )"
      R"((?:been |now |already |since )*)"
      R"((?:no longer (?:available|open|active|accepting|exists?|online|posted|vacant)|(?:not|un)(?: )?available|not found|expired|closed|removed|deleted|archived|deactivated|inactive|taken down|withdrawn|unpublished))\b)"
      R"(|\b(?:has|have) (?:now |already |since )?been (?:filled|closed|taken)\b|\b(?:is|was) (?:now|already) filled\b)"
      R"(|\bno longer (?:accepting|taking|receiving) (?:any )?(?:new )?(?:applications|applicants|candidates)\b)"
      R"(|\b(?:applications?|hiring|recruitment) (?:for this (?:job|role|position|posting) )?(?:(?:is|are|have|has) )?(?:now )?(?:been )?closed\b)"
      R"(|\bthe page you(?: are|'re| were) looking for (?:doesn't|does not|no longer|could not|couldn't|cannot|can't))"
      // German
      R"(|\b(?:stelle|position|stellenanzeige|anzeige|stellenangebot)(?: ist| wurde)? (?:leider )?(?:bereits |schon )?(?:nicht mehr (?:verfügbar|besetzt|online|aktiv|vakant|ausgeschrieben)|besetzt|abgelaufen|deaktiviert|geschlossen|vergeben))"
      // French, Spanish, Italian, Portuguese, Dutch
      R"(|\boffre (?:a expiré|expirée|(?:n'est|n’est) plus (?:disponible|en ligne|active|d'actualité)|pourvue|a été pourvue))"
      R"(|\bposte (?:a été pourvu|est pourvu|(?:n'est|n’est) plus (?:disponible|à pourvoir)))"
      R"(|\b(?:oferta|vacante|puesto|empleo|vaga)(?: de empleo| de trabajo)? (?:ya no (?:está|esta) (?:disponible|activa|vigente)|ha (?:caducado|expirado)|(?:está )?(?:cerrada|caducada)|não está mais disponível|encerrada|expirada))"
      R"(|\b(?:offerta|annuncio|posizione) (?:non è più (?:disponibile|attiva|attivo)|(?:è )?scadut[ao]|(?:è )?chius[ao]))"
      R"(|\bvacature is (?:niet meer beschikbaar|gesloten|vervuld|verlopen))"
      // Russian, Polish, Japanese, Chinese
      R"(|ваканси[яю] (?:находится |перенесена )?(?:в архиве?|закрыта|неактивна|не активна|снята))"
      R"(|\b(?:ofert[ay]|ogłoszeni[ea])(?: pracy)? (?:jest |są )?(?:nieaktualn[aey]|wygasł[ao]|zakończon[ao]))"
      R"(|募集(?:は|を)?終了|掲載(?:は|を)?終了|职位已(?:关闭|下线|过期)|該職位已關閉)"};
  return pattern;
}

/// Words of a list where a posting should be.
const re2::RE2& list_words() {
  static const re2::RE2 pattern{
      R"(\b[0-9][0-9,.]* (?:open )?(?:jobs?|positions?|openings?|vacanc(?:y|ies)|results?) (?:found|match|available)\b)"
      R"(|\b(?:search|browse|view|see) (?:our |all )?(?:current )?(?:open|available) (?:roles|positions|jobs|vacancies)\b.*\bjobs? found\b)"};
  return pattern;
}

/// What sites add to an address when they turn a visitor away.
const re2::RE2& closed_address() {
  static const re2::RE2 pattern{
      R"([?&](?:error=(?:true|1|404|not_?found)|(?:job_?)?expired(?:=|&|$)|not_?found(?:=|&|$)|(?:job|posting)_?closed)|/(?:404|not-?found|job-?not-?found|job-?expired|expired-?job|jobexpired|posting-closed)(?:[/?#.]|$))"};
  return pattern;
}

bool finds(std::string_view text, const re2::RE2& pattern) {
  return re2::RE2::PartialMatch(re2::StringPiece{text.data(), text.size()},
                                pattern);
}

/// The path of an address without its last slash.
std::string_view path_of(std::string_view url) {
  auto start = url.find("//");
  start = url.find('/', start == url.npos ? 0 : start + 2);
  if (start == url.npos)
    return {};
  auto path = url.substr(start, url.find_first_of("?#", start) - start);
  while (ends(path, "/"))
    path.remove_suffix(1);
  return path;
}

/// True if a visit to a page ended at a page above it: the posting's board.
bool was_sent_up(const page_visit& visit) {
  auto asked = path_of(visit.request_url);
  auto given = path_of(visit.final_url);
  return !visit.request_url.empty() && asked.size() > given.size()
         && begins(asked, given) && asked[given.size()] == '/'
         && contains(visit.final_url, "://");
}

} // namespace

liveness_verdict judge_liveness(const page_visit& visit) {
  if (visit.status == 404 || visit.status == 410)
    return {liveness::expired, "http_gone"};
  if (visit.status < 200 || visit.status >= 300)
    return {};
  if (finds(ascii_lower(visit.final_url), closed_address()))
    return {liveness::expired, "expired_url"};
  if (auto why = judge_body(visit.body)) {
    if (why->code == errc::not_found)
      return {liveness::expired, "expired_body"};
    return {liveness::uncertain, "wall"};
  }
  auto words = text::fold(one_line(visit.body));
  if (finds(words, closed_words()))
    return {liveness::expired, "expired_body"};
  if (was_sent_up(visit) || finds(words, list_words()))
    return {liveness::expired, "listing_page"};
  if (words.size() < min_posting_text && !contains(visit.body, "JobPosting"))
    return {liveness::uncertain, "insufficient_content"};
  return {liveness::live, ""};
}

visit_failure classify_visit(std::int32_t status) {
  switch (status) {
    case 404:
    case 410: return {"gone", 1};
    case 401:
    case 403:
    case 407:
    case 408:
    case 423:
    case 425:
    case 429:
    case 451: return transient;
    default:
      // The site understood and will not serve this address: a few times in a
      // row, and it is no page any more.
      return status >= 400 && status < 500 ? visit_failure{"budget", 3}
                                           : transient;
  }
}

visit_failure classify_visit(errc code) {
  if (code == errc::not_found)
    return {"gone", 1};
  if (code == errc::bad_payload || code == errc::schema_changed
      || code == errc::too_large)
    return {"budget", 3};
  return transient;
}

} // namespace jobfarm::sources
