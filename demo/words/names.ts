/** Words that names of invented people are made of. Family names are coined from plants, weather and things of the desk. */
export interface NameWords {
  /** As a man bears them. */
  families: readonly string[]
  given: Readonly<Record<'female' | 'male', readonly string[]>>
  /** Names of fathers (Kazakh) or patronymics as a man bears them (Russian); empty: none is used. */
  fathers: readonly string[]
}
export type Script = 'kazakh' | 'russian' | 'latin'

const list = (text: string) => text.split(' ')

export const nameWords: Readonly<Record<Script, NameWords>> = {
  kazakh: {
    families: list(
      'Қарлығашбеков Шырғанақов Бәйтерекбаев Көктембаев Найзағаев Кемпірқосақов Жаңбырбаев Құралайжанов Ақсағымов ' +
        'Шұғылабаев Тұманбұлақов Жұлдызқұлов Бұлақжанов Қоңырбұлақов Теңізжолов Өзенбаев Үкіжанов Ғарышбаев Әуенбеков ' +
        'Сырнайбаев Домбырақов Қобызбаев Құмсағатов Кітапжанов Қаламқасов Сиясауытов Дәптербаев Ақниетов Гауһартасов ' +
        'Күнқуатов Самғаубаев Қиялбеков Әлемтанов Ұшқынбаев Үмітжолов Қазынабаев Тасбұлақов Ақбөкенов Жусанбаев ' +
        'Бозторғаев Аққайың Көкжиек Қызғалдақ Самұрық Ақселеу Айдынкөл',
    ),
    given: {
      female: list(
        'Айгүл Әсел Ғалия Жанар Мөлдір Нұргүл Өрзия Перизат Сәуле Толғанай Ұлжан Үміт Шолпан Бәтима Гүлмира Динара ' +
          'Еңлік Зейнеп Камила Ләззат Назым Тұрсынай Фариза Хадиша Шынар Айнұр Ботагөз Әйгерім Індіқыз Қарлығаш',
      ),
      male: list(
        'Асқар Бауыржан Ғабит Дәурен Ерлан Жандос Қайрат Мұрат Нұрлан Олжас Өмірбек Рүстем Сәкен Тимур Ұлан Үсен ' +
          'Шыңғыс Ілияс Әлихан Бекзат Даниял Еркін Кеңес Мәди Серік Талғат Арман Болат Хамза Ықылас',
      ),
    },
    fathers: list(
      'Асқар Қайрат Мұрат Нұрлан Серік Болат Ерлан Бекет Жұмабек Сапар Тұрсын Әмір Оспан Қуаныш Самат Марат Ғалым ' +
        'Өмірзақ Шәріп Рахым Үсен Ілияс',
    ),
  },
  russian: {
    families: list(
      'Одуванчиков Звездопадов Незабудкин Книголюбов Снегопадов Чернильников Формулин Страницын Подснежников Радугин ' +
        'Облачников Компасов Ручейков Закладкин Карандашин Тетрадкин Фонарников Вьюжников Колокольчиков Перелётов',
    ),
    given: {
      female: list('Анна Елена Ольга Татьяна Мария Светлана Наталья Ирина Юлия Екатерина Софья Людмила'),
      male: list('Александр Сергей Дмитрий Андрей Николай Алексей Павел Виктор Фёдор Григорий Михаил Пётр'),
    },
    fathers: list(
      'Александрович Сергеевич Дмитриевич Андреевич Николаевич Алексеевич Павлович Викторович Фёдорович Григорьевич ' +
        'Михайлович Петрович',
    ),
  },
  latin: {
    families: list(
      'Inkwell Thistledown Foxglove Lanternby Quillsworth Birchwhistle Mapleford Sonnenhain Wiesenklang Gökpınarlı ' +
        'Modrzewicz Bluebellow',
    ),
    given: {
      female: list('Clara Emma Ingrid Selin Zofia Laura Helen Marta'),
      male: list('Oliver Martin Deniz Tomasz Henrik Peter Simon Robert'),
    },
    fathers: [],
  },
}
