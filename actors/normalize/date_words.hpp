#pragma once

#include <cstdint>
#include <string_view>

/// The words of dates in the languages of job sites, each list with `|` between
/// words. Compared folded (`fold_ascii`). Names of months and units as in
/// Unicode CLDR 48, cut to stems that tell them apart.
namespace jobfarm::normalize::date_words {

struct number_row {
  int value;
  std::string_view words;
};

/// A word begins with one; the longest that fits decides.
struct unit_row {
  std::int64_t seconds;
  /// Calendar months, for what has no fixed length.
  int months;
  std::string_view stems;
};

constexpr std::int64_t hour_s = 3600;
constexpr std::int64_t day_s = 24 * hour_s;

constexpr unit_row units[] = {
    {1, 0, "second|sec|sekund|segundo|seconde|сек|δευτερολ|שני|ثاني|秒|초"},
    {60, 0,
     "minut|min|мин|хвилин|хв|分|분|dakika|perc|phut|menit|λεπτ|דק|دقي|นาที|"
     "मिनट"},
    {hour_s, 0,
     "hour|hr|stund|std|heure|hora|ora|ore|oras|uur|uren|godz|timm|timer|time|"
     "tunti|tuntia|tund|tunni|час|小时|小時|時間|시간|saat|hodin|orav|oraja|"
     "jam|"
     "gio|годин|ωρ|שע|ساع|sat|sata|sati|сат|ur|ure|urami|valand|ชั่วโมง|घंट"},
    {day_s, 0,
     "day|tag|jour|dia|giorn|dag|dni|dzien|dnu|dny|dna|dnem|dnev|dnov|den|dan|"
     "dana|дн|ден|дан|nap|zi|zile|gun|paiv|paev|dien|天|日|일|hari|ngay|ημερ|"
     "μερ|יום|ימי|يوم|ايام|روز|วัน|दिन|araw"},
    {7 * day_s, 0,
     "week|wk|woche|semaine|semana|settiman|weken|tydzien|tygodn|tyden|tydn|"
     "tyzdn|veck|uge|uke|недел|недељ|седмиц|тижн|тижд|hafta|het|saptaman|"
     "viikko|"
     "nadal|savait|tjedan|tjedn|nedelj|nedel|sedmic|teden|tedn|周|週|星期|주|"
     "minggu|tuan|εβδομαδ|שבוע|اسبوع|اسابيع|هفته|สัปดาห์|सप्ताह|हफ्त|linggo"},
    {14 * day_s, 0, "fortnight|quinzaine|quincena|quinzena"},
    {0, 1,
     "month|mo|mth|monat|mois|mes|mese|maand|miesi|mesic|mesec|mesiac|mjesec|"
     "manad|maned|месяц|месец|місяц|kuukau|kuu|luna|luni|honap|menes|个月|個月|"
     "か月|ヶ月|カ月|ヵ月|개월|달|bulan|thang|μην|חודש|شهر|اشهر|شهور|ماه|เดือน|"
     "महीन|buwan|ay"},
    {0, 12,
     "year|yr|jahr|an|ans|ano|anno|anni|jaar|rok|lat|vuosi|год|лет|рок|рік|年|"
     "년|yil|tahun|nam|godin|leto|χρον|ετ|שנה|שנים|سنه|سنوات|سال|ปี|साल|वर्ष"},
};

/// Short units that touch their number or stand alone behind it.
constexpr unit_row letters[] = {{60, 0, "m"},
                                {hour_s, 0, "h"},
                                {day_s, 0, "d|j|t"},
                                {7 * day_s, 0, "w"},
                                {0, 12, "y"}};

/// Words that hold the number of units: duals, Han numerals.
constexpr unit_row counted_words[] = {
    {hour_s, 0, "一小时前|一小時前|一个小时前|一個小時前|一時間前"},
    {2 * hour_s, 0, "שעתיים|ساعتين|两小时前|兩小時前"},
    {day_s, 0, "一天前|一日前"},
    {2 * day_s, 0, "יומיים|يومين|两天前|兩天前|二日前"},
    {3 * day_s, 0, "三天前|三日前"},
    {7 * day_s, 0, "一周前|一週前|一週間前|一星期前"},
    {14 * day_s, 0, "שבועיים|اسبوعين|两周前|兩週前|二週間前"},
    {0, 1, "一个月前|一個月前|一か月前|一ヶ月前|一カ月前"},
    {0, 2, "חודשיים|شهرين|两个月前|兩個月前"},
    {0, 24, "שנתיים|سنتين"},
};

constexpr number_row numbers[] = {
    {1, "a|an|one|ein|eine|einem|einer|einen|un|une|una|uno|um|uma|een|en|ett|"
        "et|jeden|jedna|jedne|jedan|jednog|bir|один|одну|одна|един|една|egy|o|"
        "bir|yksi|se|ενα|εναν|μια|אחד|אחת|واحد|واحده|한|satu|isang|mot"},
    {2, "two|zwei|deux|dos|due|dois|duas|twee|dwa|dwie|tva|to|два|две|дві|dva|"
        "dve|dvije|iki|doi|doua|kaksi|ket|δυο|שני|שתי|두|dua"},
    {3, "three|drei|trois|tres|tre|drie|trzy|tri|три|trei|uc|kolme|harom|τρεις|"
        "τρια|שלושה|שלוש|ثلاثه|ثلاث|세|tiga"},
    {4,
     "four|vier|quatre|cuatro|quattro|quatro|cztery|fyra|fire|ctyri|cetiri|"
     "четыре|чотири|четири|patru|dort|nelja|negy|τεσσερις|ארבעה|اربعه|empat"},
    {5, "five|funf|cinq|cinco|cinque|vijf|piec|fem|pet|пять|пет|cinci|bes|"
        "viisi|πεντε|חמישה|خمسه|lima"},
    {6, "six|sechs|seis|sei|zes|szesc|sex|seks|шесть|enam"},
    {7, "seven|sieben|sept|siete|sette|sete|zeven|tujuh"},
    {8, "eight|acht|huit|ocho|otto|oito"},
    {9, "nine|neun|neuf|nueve|nove|negen"},
    {10, "ten|zehn|dix|diez|dieci|dez|tien"},
    {11, "eleven"},
    {12, "twelve"},
    {13, "thirteen"},
    {14, "fourteen|vierzehn|quatorze|catorce"},
    {15, "fifteen"},
    {16, "sixteen"},
    {17, "seventeen"},
    {18, "eighteen"},
    {19, "nineteen"},
    {20, "twenty|zwanzig|vingt|veinte"},
    {30, "thirty|dreissig|trente|treinta|trenta|trinta|dertig"}};

/// Ages without a number, in days.
constexpr number_row day_words[] = {
    {0, "just posted|postedjust posted|postedtoday|just "
        "now|today|heute|aujourd'hui|aujourd’hui|hoy|hoje|"
        "oggi|vandaag|dzis|dzisiaj|idag|i dag|dnes|azi|astazi|сегодня|"
        "сьогодні|днес|данас|danas|danes|今天|今日|本日|오늘|bugun|ma|tanaan|"
        "tana|sodien|siandien|hari ini|hom nay|ngayon|σημερα|היום|اليوم|امروز|"
        "วันนี้|आज|"
        "this morning|this afternoon|this evening|tonight|"
        "right now|seconds ago|minutes ago|"
        "few hours|few minutes|few moments|moments ago|moment ago|a l'instant|"
        "a l’instant|gerade eben|gerade|soeben|recien publicado|ahora mismo|"
        "agora mesmo|zojuist|przed chwila|только что|щойно|刚刚|剛剛|たった今|"
        "방금|az once|μολις τωρα|עכשיו|الان|baru saja|vua xong|"
        "less than an hour|less than a day|within the last hour|"
        "einige stunden|quelques heures|unas horas|algumas horas|poche ore"},
    {1,
     "yesterday|last "
     "night|gestern|hier|ayer|ontem|ieri|gisteren|wczoraj|igar|i gar|"
     "vcera|vceraj|jucer|juce|tegnap|вчера|вчора|јуче|昨天|昨日|어제|하루 전|"
     "dun|eilen|eile|vakar|kemarin|semalam|hom qua|kahapon|χθες|χτες|אתמול|"
     "امس|ديروز|دیروز|เมื่อวาน*|कल"},
    {2, "day before yesterday|vorgestern|avant-hier|avant hier|anteayer|"
        "antes de ayer|anteontem|l'altro ieri|altroieri|eergisteren|"
        "przedwczoraj|i forrgar|i forgars|позавчера|позавчора|онзи ден|"
        "prekjucer|prekjuce|predvcerom|predevcirem|predvcerajsnjim|前天|一昨日|"
        "おととい|그저께|이틀 전|evvelsi gun|προχθες|שלשום|اول امس"},
};

/// Labels that mean today only when nothing else is said.
constexpr std::string_view new_labels =
    "new|brand new|newly posted|newly added|new "
    "today|neu|nuevo|nouveau|novo|nuovo|nieuw|nowe|ny|new!|新着";

/// At least so old.
constexpr std::string_view lower_bounds =
    "more than |older than |over |mehr als |uber |plus de |plus d'|plus d’|mas "
    "de |"
    "piu di |mais de |meer dan |ponad |wiecej niz |oltre |mer an |mer enn |"
    "mere end |yli |больше |более |більше |понад |повече от |vise od |"
    "више од |vec kot |以上|이상|超过|超過|fazla|vice nez |viac ako |peste |"
    "mai mult de |tobb mint |at least |lebih dari |hon |περισσοτερο απο |"
    "πανω απο |יותר מ|מעל |اكثر من |มากกว่า";

/// At most so old: no date, and no bound either.
constexpr std::string_view upper_bounds =
    "within|in the last|in the past|last|past|less than|under|up to|"
    "innerhalb|weniger als|moins de|menos de|meno di|minder dan|mniej niz|"
    "menej ako|mene nez|mindre an|mindre enn|менее|меньше|以内|이내";

/// Of a time to come or left.
constexpr std::string_view futures = "left|remaining|noch|restants|restantes|"
                                     "verbleibend";
constexpr std::string_view future_begins = "in|dans|binnen|noch|za|через|om";

/// Join a smaller unit to the one before: "1 week and 4 days ago".
constexpr std::string_view joiners = "and|und|et|y|e|en|i|och|og";

/// Half of the unit behind it: "half a year ago".
constexpr std::string_view halves = "half|halben|demi|medio|mezzo|meio";

/// Stand behind an age.
constexpr std::string_view ago_behind =
    "ago|temu|назад|тому|geleden|fa|once|siden|sedan|sitten|tagasi|atras|前|전|"
    "पहले|پيش|پیش";

/// Languages without an article make one of a unit next to these: "tydzien
/// temu", "час назад", "לפני שבוע", "prije tjedan dana"; not behind `vague`.
constexpr std::string_view one_behind =
    "temu|назад|тому|siden|sedan|sitten|tagasi|پيش|پیش";
constexpr std::string_view vague =
    "few|einigen|wenigen|quelques|unos|algunos|alguns|poucos|pochi|enkele|"
    "kilka|pare|несколько|пару|кілька|пара|nekolik|par|muutama|nagra|noen|"
    "nogle|moni|mone|چند";
constexpr std::string_view one_ahead =
    "vor|hace|il y a|acum|ha|prije|pre|пре|преди|пред|pred|pries|pirms|πριν|"
    "לפני|منذ|قبل";

/// Monday is 0.
constexpr number_row weekdays[] = {
    {0, "monday|mon|montag|lundi|lunes|lunedi|maandag|segunda|mandag|"
        "poniedzialek"},
    {1, "tuesday|tue|dienstag|mardi|martes|martedi|dinsdag|tisdag|wtorek"},
    {2, "wednesday|wed|mittwoch|mercredi|miercoles|mercoledi|woensdag|quarta|"
        "onsdag|sroda"},
    {3, "thursday|thu|donnerstag|jeudi|jueves|giovedi|donderdag|quinta|torsdag|"
        "czwartek"},
    {4,
     "friday|fri|freitag|vendredi|viernes|venerdi|vrijdag|sexta|fredag|piatek"},
    {5, "saturday|sat|samstag|sonnabend|samedi|sabado|sabato|zaterdag|lordag|"
        "sobota"},
    {6,
     "sunday|sun|sonntag|dimanche|domingo|domenica|zondag|sondag|niedziela"}};

/// What may stand before a weekday that is a date; "every" and "next" may not.
constexpr std::string_view weekday_neighbours =
    "posted|reposted|published|listed|added|date|on|job|this|am|le|el|il|feira|"
    "veroffentlicht|publie|publicado|pubblicato|geplaatst|opublikowano|dodano";

/// Beside a weekday: that of this week or of the one before, so a bound.
constexpr std::string_view past_words =
    "last|past|letzten|vergangenen|dernier|pasado|scorso|afgelopen|passada";

/// Weeks, months and years that are over: a bound.
constexpr std::string_view last_week =
    "last week|previous week|letzte woche|vergangene woche|"
    "la semaine derniere|semaine derniere|la semana pasada|semana pasada|"
    "settimana scorsa|scorsa settimana|vorige week|semana passada|"
    "forra veckan|sidste uge|forrige uke|zeszlym tygodniu|zeszly tydzien|"
    "上周|上週|先週|지난주";
constexpr std::string_view last_month =
    "last month|previous month|letzten monat|vergangenen monat|"
    "le mois dernier|mois dernier|el mes pasado|mes pasado|mese scorso|"
    "scorso mese|vorige maand|mes passado|forra manaden|sidste maned|"
    "forrige maned|zeszlym miesiacu|zeszly miesiac|上个月|上個月|先月|지난달";
constexpr std::string_view last_year =
    "last year|previous year|letztes jahr|vergangenes jahr|l'annee derniere|"
    "l’annee derniere|el ano pasado|ano pasado|anno scorso|scorso anno|"
    "vorig jaar|ano passado|forra aret|sidste ar|i fjor|zeszlym roku|去年|작년";

/// Before one of these it is the time up to now.
constexpr std::string_view wide_spans =
    "in the last|within the last|over the last|during the last|in der letzten|"
    "in den letzten|au cours de|en la ultima|nell'ultima|in de laatste";

constexpr number_row months[] = {
    {1, "jan|ene|gen|sty|янв|січ|led|sijec|oca|ιαν|ian|tamm|saus|јан|ינואר|"
        "يناير"},
    {2, "feb|fev|lut|фев|лют|unor|velj|sub|φεβ|helmi|vasar|veebr|פברואר|"
        "فبراير"},
    {3, "mar|mrz|maa|мар|бер|brez|ozuj|μαρ|maalis|kov|מרץ|مارس"},
    {4, "apr|avr|abr|kwi|апр|квіт|dub|trav|nis|απρ|huhti|bal|אפריל|ابريل"},
    {5, "may|mai|mag|maj|mei|май|мая|трав|kvet|svib|μαι|touko|geg|מאי|مايو"},
    {6, "jun|juin|giu|cze|июн|черв|cervn|cerven|lipanj|lipn|haz|ιουν|kesa|"
        "birz|יוני|يونيو"},
    {7, "jul|juil|lug|lip|июл|лип|cervenec|cervence|srpanj|srpnj|tem|ιουλ|"
        "heina|liep|יולי|يوليو"},
    {8, "aug|aou|ago|sie|авг|серп|srpen|srpna|kolovoz|agu|αυγ|elo|rugp|avg|"
        "אוגוסט|اغسطس"},
    {9, "sep|set|wrz|сен|сеп|вер|zari|ruj|eyl|σεπ|syys|rugs|szept|ספטמבר|"
        "سبتمبر"},
    {10, "oct|okt|ott|out|paz|окт|жовт|rij|eki|οκτ|loka|spal|אוקטובר|اكتوبر"},
    {11, "nov|lis|ноя|ное|нов|лист|studen|kas|νοε|marras|lapkr|noi|נובמבר|"
         "نوفمبر"},
    {12, "dec|dez|dic|gru|дек|груд|pros|ara|δεκ|joulu|gruod|des|דצמבר|ديسمبر"},
};

/// Labels of the date that is asked for.
constexpr std::string_view posted_labels =
    "posted|reposted|published|listed|added|date posted|veroffentlicht|"
    "eingestellt|publie*|publicad*|pubblicat*|geplaatst|opublikowan*|"
    "dodan*|inlagd|publicerad|julkaistu|опубликован*|размещен*|发布|發布|掲載|"
    "등록|نشر|פורסם";

/// Labels of other dates of a posting: when it was last changed or its employer
/// seen, when it closes, when the work starts.
constexpr std::string_view other_labels =
    "active|employeractive|updated|modified|edited|refreshed|last seen|"
    "viewed|closed|aktualisiert|geandert|aktiv|mis a jour|mise a jour|modifie*|"
    "actualizad*|modificad*|atualizad*|aggiornat*|bijgewerkt|zaktualizowan*|"
    "aktualizacja|aktualizovan*|uppdaterad|oppdatert|opdateret|paivitetty|"
    "обновлен*|оновлен*|guncellen*|更新|업데이트|تحديث|עודכן|closing|closes|"
    "close date|expires|expiry|expiration|expire|deadline|valid|until|"
    "apply by|apply before|ends|end date|start|starts|starting|start date|"
    "bewerbungsfrist|bewerbungsschluss|bewerben bis|gultig bis|date limite|"
    "fecha limite|prazo|scadenza|sluitingsdatum|sista ansokningsdag|"
    "soknadsfrist|ansogningsfrist|termin|截止|締切|마감";

} // namespace jobfarm::normalize::date_words
