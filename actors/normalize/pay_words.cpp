#include "actors/normalize/pay_words.hpp"

#include "actors/normalize/pay_senses.hpp"
#include "actors/text/phrase_table.hpp"

namespace jobfarm::normalize {

namespace {

using w = pay_word;

constexpr text::phrase_group<pay_word> groups[] = {
    {w::cue,
     "salary|salaries|compensation|compensated|pay|pays|paid|paying|"
     "wage|wages|remuneration|earn|earning|earnings|rate:|rates:|"
     "hourly rate|day rate|daily rate|pay rate|rate is|rate of "
     "pay|payrate|base|base pay|ctc|lpa|package|pay range|pro rata|"
     "salary range|salar|*salar|annual income|yearly income|income:|"
     "monthly income|guaranteed income|income potential|hiring "
     "range|target range|the range for|"
     "range:|offer between|comp|comp range|comp:|starting at|tc:|pay "
     "scale|pay band|the range is|ranges from|renta|hourly:|"
     "annual:|annually:|monthly:|ir35|w2|c2c|"
     "1099|corp to corp|corp-to-corp|paye|stipend:|gross salary|"
     "+ super|plus super|incl super|inc "
     "super|superannuation|kiwisaver|fte|market "
     "related|"
     "candidates based "
     "in|candidates in|candidates located in|applicants based in|applicants "
     "in|individuals based in|basic aed|basic sar|basic qar|basic pay|"
     "cost to company|cost-to-company|% super|anticipated range|expected "
     "range|estimated range|posted range|typical range|starting range|"
     "annual range|hourly range|monthly range|basic:|basic of|base "
     "of|stundenansatz|bill rate|billing "
     "rate|hourly "
     "rates|tarief:|hours/week at|hours per week at|hours a week at|hrs/week "
     "at"},
    {w::promise,
     "we offer|can offer|offering|you will receive|you'll receive|you "
     "receive|you will get|you'll get|"
     "you can expect|du erhaltst|erhaltst du|du bekommst|wir bieten|"
     "wir zahlen|sie erhalten|vous percevrez|nous proposons|nous offrons|"
     "ofrecemos|recibiras|offriamo|oferecemos|je ontvangt|je krijgt|"
     "wij bieden|we bieden|oferujemy|otrzymasz|nabizime|ponukame|oferim|"
     "kinalunk|vi tilbyder|vi tilbyr|vi erbjuder|tarjoamme|предлагаем|"
     "пропонуємо"},
    {w::named_behind, "basic|guaranteed|doe|d.o.e|doq|"
                      "depending on experience|dependent on experience|"
                      "based on experience"},
    {w::neutral,
     "geographic market|geographic markets|labor market|labour market|lowest "
     "market|highest market|us markets|market range|market rate|market "
     "rates|job market|market data|cost of labor|cost of labour|paid "
     "leave|paid parental|paid time off|paid holiday|paid holidays|"
     "paid vacation|paid sick|paid family|paid maternity|paid paternity|"
     "paid days|paid volunteer*|paid study|paid breaks|paid sabbatical|"
     "paid media|paid search|paid social|paid ads|paid advertising|"
     "paid marketing|paid campaigns|paid acquisition|paid channels|unpaid|"
     "paid adoption|paid bereavement|paid caregiver|of salary|of your "
     "salary|of base salary|x salary|times salary|times your salary|"
     "pay equity|equal pay|pay gap|pay slip|pay day|pay attention|pay down|"
     "paying down|pay back|pay off|customer base|client base|user base|"
     "asset base|donor base|revenue base|installed base|earn points|"
     "earn rewards|earn cash back|earns cash back|earn trust|base station*"},
    {w::cue, "gehalt*|*gehalt|fixum|lehrlingseinkommen|verguten|*zieleinkommen|"
             "einkommen|*bruttoeinkommen|"
             "monatseinkommen|jahreseinkommen|*gehaltes|*gehalts|gehaltsspanne|"
             "jahresbrutto|"
             "monatsbrutto|bruttolohn|vergutung*|"
             "*vergutung|verdienst*|*verdienst|entlohnung|*lohn|lohn|bezahlung|"
             "mindestentgelt|mindestgrundgehalt|*entgelt|entgelt*|bezuge|"
             "gehaltsband|kollektivv*|"
             "honorar|stundensatz|tagessatz"},
    {w::cue, "salaire*|taux horaire|gratification|indemnite de "
             "stage|remuneration|remunere*|fourchette|tjm|fixe|"
             "package salarial|sueldo|salario*|salarial|retribucion*|"
             "remuneracion|compensacion|honorarios|remuneracao|salarios|"
             "bolsa auxilio|bolsa-auxilio|retribuzione|stipendio|ral|"
             "compenso|paga|salaris|salarisindicatie|uurloon|maandsalaris|"
             "jaarsalaris|brutoloon|brutosalaris|brutomaandsalaris|"
             "brutojaarsalaris|uurtarief|dagtarief|maandloon|weekloon|"
             "verdien|verdient|verdienen|bruto"},
    {w::cue, "wynagrodzeni*|zarobki|zarobi*|stawka|"
             "stawke|stawki|pensja|pensje|widelki|placa|mzda|mzdu|mzdou|"
             "mzdy|platu|odmenu|plat|plat:|plat "
             "od|odmena|odmeny|fizetes*|*fizetes|ber:|"
             "berezes|havi ber|brutto "
             "ber|alapber|salariu*|salariul|venit|заплат*|зарплат*|оклад|"
             "доход|от оклада|возн*|зп|з/п|заробiтна|заробітн*|оплата"},
    {w::cue,
     "manedslon|manedslon "
     "pa|timelon|lonen|lonnen|manadslonen|ingangslon|lonnes|lonnas|avlonnes|"
     "avlonnas|begynnelselon|lonelage|"
     "manedslonnen|arslonen|arslonnen|"
     "timlonen|"
     "timelonnen|grundlon|fast lon|"
     "lon|lonn|manadslon|arslon|timlon|arslonn|manedslonn|timelonn|"
     "manedslon|lonnsspenn|*palkka|palkka*|kuukausipalkka|tuntipalkka|maas|"
     "ucret|maasi|aylik ucret|gaji|upah|luong|muc luong|thu nhap|เงินเดือน|"
     "μισθος|αποδοχες|laun|palk|palka*|alga|algu|atalgojum*|atlyginim*|"
     "atlygis|placu|placi|plata*|платата|заплата|pagesa"},
    {w::cue, "שכר|השכר|משכורת|המשכורת|راتب|الراتب|رواتب|اجر"},
    {w::cue, "年薪|月薪|薪资|薪酬|薪水|薪金|薪|工资|待遇|給与|給料|年収|月給|"
             "時給|日給|年俸|基本給|月収|報酬|単価|연봉|월급|급여|시급|임금|"
             "보수|일급"},
    {w::total,
     "ote|first-year earnings|first year earnings|earning "
     "potential|earnings potential|expected earnings|on target "
     "earnings|on-target earnings|on target|"
     "on-target|total compensation|total cash|total target|"
     "total comp|total target compensation|target total compensation|"
     "total cash compensation|target earnings|total earnings|total "
     "annual compensation|total rewards|tc|"
     "total annual earnings|total package|target cash|target comp|target total "
     "cash|zielgehalt|zieleinkommen|inkl. bonus|"
     "base + bonus|年収例|モデル年収|年収モデル|base plus bonus|base "
     "and bonus|uncapped"},
    {w::trap,
     "bonus|bonuses|housing stipend|relocation stipend|travel stipend|"
     "relocation package|relocation packages|moving package|severance|"
     "severance package|severance packages|exit package|benefits package|"
     "benefit package|benefits packages|welcome package|"
     "lodging stipend|meal stipend|learning stipend|wellness stipend|"
     "office stipend|technology stipend|equipment "
     "stipend|allowance|allowances|budget|"
     "budgets|raised|raise|raising|funding|funded|revenue|revenues|"
     "valuation|valued|reimburs*|donat*|saving|savings|saved|saves|"
     "save|deal|deals|assets|aum|referral|referrals|refer|sign-on|"
     "sign on|signing|signing bonus|turnover|grant|grants|insurance|"
     "insured|coverage|discount|discounts|voucher|vouchers|"
     "portfolio|portfolios|invested|investment|investments|"
     "investition*|investissement*|inversion*|investiment*|investering*|"
     "inwestycj*|investing|investors|contribution|contributions|contribute|"
     "contributes|match|matching|per diem|fund|funds|quota|quotas|"
     "pipeline|arr|mrr|gmv|profit|profits|spend|spending|spent|"
     "rsu|rsus|stock|shares|commissions|fee|fees|cost|costs|loan|"
     "loans|lending|lunch|lunches|meal|meals|wellness|learning|"
     "education|educational|tuition|scholarship|scholarships|bursary|bursaries|"
     "home office|home-office|gym|fitness|award|awards|prize|prizes|"
     "relocation|credit|credits|gift|gifts|capital|debt|mortgage|"
     "damages|fine of|fines|penalty|penalties|transactions|"
     "transaction|processed|processing|childcare|child care|"
     "transport|transportation|commuter|commuting|travel|phone|"
     "cell phone|internet|equipment|housing|expenses|expense|"
     "professional development|training budget|conference|"
     "conferences|market|series a|series b|series c|series d|"
     "series e|seed round|seed|round|retention|incentive|"
     "incentives|profit sharing|hsa|fsa|401k|401|401(k)|deductible|"
     "copay|premium|premiums|perk|perks|purchase|purchases|"
     "purchasing|book|books|laptop|subscription|membership|"
     "life assurance|death in service|per user|per seat|price|"
     "priced|pricing|sales of|in sales|bookings|backed|acquired|"
     "acquisition|ipo|market cap|ebitda|p&l|daily allowance|"
     "dependents|charity|volunteer|parental|fertility|adoption|"
     "workers' compensation|transport compensation|minimum wage|"
     "incentive compensation|equity compensation|stock compensation|"
     "weighting|supplement|supplements|uplift|fundrais*|grant income|"
     "rental income|fee income|net income|household income|"
     "operating income|interest income|low income|401k|403b|"
     "targets of|target of|co-pay*|rent|rents|rental|recommend|friend|"
     "employer-paid|employer paid|company-paid|company paid|"
     "salary packaging|salary sacrifice|families "
     "with|household*|friend and earn|"
     "friends and earn|income below|income under|income limit*|"
     "who earn|those earning|anyone earning|salary advance*|"
     "wage advance*|pay advance*|payroll|life cover|illness cover|"
     "medical cover|health cover|cover of|must pay|need to pay|"
     "required to pay|applicants pay|candidates pay|employees pay|"
     "employee pays|disability|graduates earn|incomes|bolsa de estudo|"
     "bolsas de estudo|national minimum wage|statutory minimum|minimum "
     "tickets|ticket size*|living wage|"
     "gesetzliche mindestlohn|gesetzlicher mindestlohn|gesetzlichen "
     "mindestlohn"},
    {w::trap, "budgetten|budgeter|budzet*|zuschuss*|*zuschuss|*budget|*bonus|"
              "umsatz*|*umsatz|gutschein*|*pauschale|"
              "*gutschein|*pramie|pramie*|forderung|finanzierung*|jobticket|"
              "sachbezug*|essens*|vermogenswirksame*|kapital|investiert|"
              "werbepramie|prime|primes|chiffre d'affaires|levee*|leve|"
              "leves|ticket restaurant|tickets restaurant|ticket-restaurant|"
              "titres-restaurant|remboursement*|mutuelle|interessement|"
              "participation|millions d'euros|facturacion|ayuda|"
              "presupuesto|financiacion|prima|bono|bonos|seguro|fatturato|"
              "buoni pasto|buono pasto|ticket|premio|finanziament*|"
              "contributo|vale*|auxilio|faturamento|ajuda de custo|plano de|"
              "orcamento|omzet|reiskosten*|*vergoeding|*kosten|vakantiegeld|"
              "eindejaarsuitkering|dofinansowanie*|premia|premie|premii|bon|"
              "przychod*|obrot*|prispevek|prispevky|stravenk*|odmena za|odmena "
              "pri|odmeny pri|jubile*|"
              "benefity|prispevok|jutalom|cafeteria|juttatas|bonuri|tichete|"
              "бюджет*|оборот*|выручк*|инвестици*|премия|премии|ваучер*|"
              "prim|yemek|bidrag|friskvard*|*tillagg|*tillaeg|omsetning|"
              "omsattning|omsaetning"},
    {w::trap, "購入単価|客単価|客单价|业绩|销售额|交易额|平均単価|販売単価|"
              "基金|礼金|餐补|房补|手当|賞与|資本金|売上|売上高|交通費|調達|"
              "奨励金|祝い金|融资|"
              "奖金|补贴|补助|津贴|市值|营收|估值|年终奖|注册资本|투자|매출|"
              "지원금|상여|수당|자본금"},
    {w::trap_before,
     "managing|manage|manages|worth|serving|"
     "cover up to|generate|generated|generates|generating|"
     "commission|sold|sell|selling|equity|users pay|"
     "buy|lease*|variable|projecten|projekte|projekten|projets|proyectos|"
     "progetti|projektow|"
     "projekty|prosjekter|projekter|portefeuille|comptes|encours|bill|bills|"
     "charge|charges|charged|customers "
     "pay|tips|companies|projects|project|contracts|"
     "contract value|handling|oversee|overseeing|"
     "responsible for|p/l|sales|gross margin|lift|lifting|carry|"
     "carrying|weighing|weighs|push|asking for|ask for|"
     "asked to pay"},
    {w::trap_after,
     "company|companies|industry|business|businesses|customer|"
     "customers|user|users|employee|employees|platform|"
     "startup|start-up|firm|organization|towards|toward|"
     "in equity|in annual|worth of|commission|deposit|"
     "every month towards|portfolio company|opportunity|"
     "of business|accounts|program|projects|project|brand|"
     "in savings|limit|sponsorship|enterprise|wrvu|rvu|per mile|"
     "a mile|in tips|per word|per article|per order|per delivery|"
     "per unit|per share|a share|per piece|per lead|per visit|per child|per "
     "head|per employee|per person|"
     "par salarie|par personne|pro kopf|pro person|pro mitarbeiter*|"
     "por empleado|por persona|per dipendente|a persona|per medewerker|"
     "na pracownika|na osobe|each"},
    {w::stipend, "bolsa|bolsa-estagio|stipend|stipends|fellowship|living "
                 "allowance|living stipend"},
    {w::outsider,
     "clients|customers|families|sellers|borrowers|homeowners|renters|"
     "those paying|the typical|those spending|the "
     "average|tenants|accounts|subscribers|consumers|americans|merchants|"
     "farmers|"
     "taxpayers|shoppers|"
     "buyers|workers who|people who|individuals who|homebuyers|"
     "graduates who|freelancers who|students who|learners|alumni|customer "
     "earns|average customer|average user|average client|average american|"
     "typical customer|typical user|kunden|clientes|clienti|klanten"},
    {w::net, "net|netto|netti|netos|nettu|cisteho|nett|na reke|na "
             "ruku|netta|на руки|на руку|чистыми|"
             "liquido|liquidos|liquida|liquidas|נטו|手取り|到手|税后|실수령|"
             "net pay|take home|take-home|neto|"
             "nettolohn|in hand|in-hand|nette"},
    {w::gross, "gross|brutto|brut|bruto|bruta|brutos|hrubeho|lordo|lorda|b2b|"
               "vat|+ vat|税前|세전|額面|brutta|lordi|bruts|до вычета"},
    {w::floor,
     "from|commencing at|commencing from|beginning at|starts from|ab|a "
     "partir de|a partir du|des|desde|od|starting at|"
     "starting from|starts at|starting|minimum|min|min.|minimum of|"
     "minimal|at least|no less than|not less than|vanaf|fra|da|a "
     "partire da|от|від|mindestens|mind.|mind|minimo|minimo de|"
     "au moins|al menos|minst|more than|over|upwards of|"
     "greater than|alkaen|min:|minimum:|legalabb|de la|"
     "en az|至少|mulai|nuo|alates|απο|tu|mindestgehalt|mindestentgelt|"
     "mindestgrundgehalt|mindestbezug|mindestlohn|minimalgehalt"},
    {w::ceiling,
     "up to|upto|bis zu|bis|jusqu'a|jusqu’a|hasta|fino a|tot|do|"
     "maximum|max|max.|maximum of|ate|до|maximal|max:|maximum:|"
     "no more than|not to exceed|less than|under|tot wel|"
     "az do|az|upp till|opp til|op til|opptil|pana la|akar|maximo|"
     "massimo|oltre*|maximaal|maksymalnie|maximalt|enintaan|najviac|"
     "nejvyse|legfeljebb|en fazla|最高|至多|最大|hingga|le to"},
    {w::floor_after, "or more|and up|and above|or above|upwards|plus doe|"
                     "minimum|以上|起|이상|から|and over|et plus|o mas|oder "
                     "mehr|or higher|至"},
    {w::ceiling_after, "以下|以内|이하|まで|maximum|max|or less|封顶"},
    {w::aside, "in addition to|on top of|besides|zusatzlich zu|neben|en plus "
               "du|en plus de|ademas de|oltre a|alem de|apart from|as well "
               "as your|outside of"},
    {w::link, "of|of up to|worth|up to|totaling|totalling|valued at"},
    {w::copula, "is|are|ranges|range|between|from|will be|starts|starting|"
                "betragt|liegt|zwischen|est|es|e|wynosi|is set at|set at|"
                "falls|spans|entre|tra|varies|vary|would be|could be"},
    {w::cut,
     "plus|with|and|und|mit|et|avec|y|con|zzgl|zzgl.|zuzuglich|"
     "depending|based|oraz|plus:|including|incl|inkl|inkl.|incl.|"
     "excluding|excl|excl.|on top|as well|additionally|sowie|ainsi que|"
     "ademas|nonche|evenals|alsmede|jakoz|valamint|precum "
     "si|samt|seka|zusatzlich|dazu|albo|along|before|without|or|"
     "alongside|e|en|och|og|es|si|ja|a prispevek|a prispevky|a prispevok|"
     "a stravenk*|a premie|a bonus|a benefity"},
    {w::piece, "per shift|a shift|/shift|per session|per class|per night|"
               "a night|per event|per lesson|per sleep-in|je schicht|"
               "pro schicht|par garde|por turno|za smene|na zmenu"},
    {w::hour,
     "per hour|an hour|hourly|/hour|/hr|/ hour|/ hr|per hr|/h|/ h|"
     "p/h|ph|p.h.|/std|/ std|/std.|pro stunde|die stunde|/stunde|"
     "/ stunde|stundenlohn|stundenansatz|stundensatz|je stunde|par heure|"
     "de l'heure|taux horaire|/heure|/ heure|/heu|por hora|/hora|/ hora|"
     "la hora|all'ora|l'ora|/ora|orari|per uur|/uur|/ uur|uurloon|uurtarief|"
     "za godzine|/godz|/ godz|/godz.|/h.|na godzine|godzinowa|/hod|"
     "/ hod|/hod.|za hodinu|na hodinu|/hodina|/ora|oraber|"
     "i timen|per time|/time|pr. time|timlon|timelonn|/tim|"
     "i timmen|per timme|tunti*|/h|/tunti|saatlik|saat|/saat|"
     "לשעה|بالساعة|в час|/час|за "
     "час|/год|時給|时薪|時薪|/小时|每小时|/時|/時間|1時間|"
     "시급|시간당|/시간|hours rate|h rate|per jam"},
    {w::day, "per day|a day|/day|/ day|daily rate|day rate|per diem rate|"
             "daily|pro tag|/tag|/ tag|am tag|tagessatz|par jour|/jour|"
             "/ jour|tjm|por dia|/dia|al dia|al giorno|/giorno|per dag|/dag|"
             "dagtarief|dzien*|/dzien|za den|/den|md|/md|/ md|manday|/j|/ j|⁄j|"
             "man-day|napi|日薪|日給|/天|/日|每天|일급|일당|в день|/день|"
             "pd|p/d|p.d.|p.d|/d"},
    {w::week, "semanal|semanales|semanais|hebdomadaire*|settimanal*|"
              "wochentlich*|tygodniow*|haftalik|per vecka|per week|a "
              "week|/week|/ week|/wk|/ wk|weekly|pro woche|"
              "/woche|par semaine|/semaine|por semana|a la semana|/semana|"
              "a settimana|per weke|/vecka|w tygodniu|周薪|週給|/周|/週|주급|"
              "pw|p/w|p.w.|每周"},
    {w::month,
     "לחודש|בחודש|חודשי|شهريا|شهري|في الشهر|per month|a month|/month|/ "
     "month|/mo|/ mo|/mo.|/mth|/mnth|"
     "monthly|pcm|p.m|p.m.|per mo|/m|/ m|per mensem|pro monat|"
     "/monat|/ monat|monatlich*|monats*|*monatsgehalt|im monat|"
     "mtl|mtl.|je monat|par mois|/mois|/ mois|mensuel*|al mes|"
     "/mes|/ mes|por mes|ao mes|mensual*|mensais|mensal|mensile|"
     "mensili|al mese|/mese|/ mese|per maand|/maand|/ maand|"
     "maandsalaris|p/m|pm|maandelijks|miesiecznie|/mies|/ mies|"
     "/mies.|mies.|/miesiac|na miesiac|miesieczn*|mesicne|/mesic|"
     "/ mesic|za mesic|/mes.|mesacne|/mesiac|havi|havonta|/ho|"
     "/honap|/luna|/ luna|lunar|pe luna|месеч*|в месяц|/мес|"
     "/ мес|/мес.|/месяц|на месец|месяц|на місяць|/міс|i manaden|"
     "per manad|/man|/manad|manads*|manad|i maneden|per maned|"
     "pr. maned|pr maned|/maned|/mnd|/md.|maned*|kuukaudessa|/kk|"
     "/ "
     "kk|kuukausi*|manedslon*|minijob|mini-job|aylik|/ay|ayda|月薪|月給|月収|/"
     "月|每月|/"
     "个月|"
     "月額|万/月|월급|/월|월|per bulan|/bulan|/thang|thang|"
     "ต่อเดือน|/เดือน|เดือน|menes*|menesi|/men|kuus|mjesecno|mesecno|μηνα|/μηνα"},
    {w::year,
     "לשנה|שנתי|سنويا|per year|a year|/year|/ year|/yr|/ yr|/yr.|per yr|yearly|"
     "per annum|per-annum|p.a|p.a.|/pa|pa|/annum|/ annum|/a|/y|"
     "/ y|annually|annual|annum|annualized|annualised|yr|/an|"
     "lpa|ctc|pro jahr|/jahr|/ jahr|jahrlich*|jahres*|"
     "*jahresgehalt|im jahr|brutto/jahr|je jahr|par an|/an|/ an|"
     "annuel*|l'an|al ano|/ano|/ ano|anuales|anual|por ano|ao ano|"
     "a.a.|anuais|annui|annuo|annua|all'anno|l'anno|/anno|/ anno|"
     "ral|per jaar|/jaar|/ jaar|jaarsalaris|jaarlijks|rocznie|/rok|"
     "/ rok|na rok|roczne|rocne|rocni|evente|/ev|eves|pe an|"
     "в год|/год|годовых|на година|годишно|per ar|/ar|/ ar|om aret|"
     "arslon|arslonn|arlig*|i aret|pr. ar|pr ar|vuodessa|/vuosi|/v|"
     "vuosipalkka|yillik|/yil|年薪|年収|年俸|/年|每年|年额|年額|연봉|"
     "/년|연간|연|per tahun|/tahun|/nam"},
    {w::two_weeks, "bi-weekly|biweekly|bi weekly|every two weeks|"
                   "every 2 weeks|per fortnight|a fortnight|fortnightly|"
                   "/fortnight|per two weeks|alle zwei wochen"},
    {w::half_month, "semi-monthly|semimonthly|twice a month|twice monthly|"
                    "quincenal|quincenales|por quincena|a la quincena|"
                    "quinzenal"},
};

} // namespace

std::vector<pay_hit> pay_words_in(const text::folded_text& text,
                                  std::size_t from, std::size_t to) {
  static const text::phrase_table<pay_word> words(groups);
  std::vector<pay_hit> hits;
  hits.reserve(16);
  words.scanner().scan(
      text, from, to, [&](const text::phrase_scanner::hit& one) {
        pay_hit hit{words.kind(one), one.begin - from, one.end - from};
        // They come by their begins: the place by the end is near.
        auto place = hits.end();
        while (place != hits.begin() && hit.end < (place - 1)->end)
          --place;
        hits.insert(place, hit);
      });
  settle_senses(text.folded().substr(from, to - from), hits);
  return hits;
}

std::vector<pay_hit> pay_words_in(std::string_view folded) {
  return pay_words_in(text::folded_text::of_folded(folded), 0, folded.size());
}

std::string_view period_of(pay_word kind) {
  switch (kind) {
    case pay_word::hour: return "hour";
    case pay_word::day: return "day";
    case pay_word::week: return "week";
    case pay_word::month: return "month";
    case pay_word::year: return "year";
    case pay_word::two_weeks: return "two weeks";
    case pay_word::half_month: return "half a month";
    default: return {};
  }
}

} // namespace jobfarm::normalize
