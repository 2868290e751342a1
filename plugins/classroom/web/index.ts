import { definePanel } from '@ustaz/web/panel'

export default [
  definePanel({
    id: 'classroom.rooms',
    titleKey: 'plugins.classroom.panels.rooms.title',
    path: '/rooms',
    section: 'people',
    action: 'room.read',
    icon: 'i-lucide-school',
    component: () => import('./RoomsPanel.vue'),
  }),
  definePanel({
    id: 'classroom.room',
    titleKey: 'plugins.classroom.panels.room.title',
    path: '/rooms/:id(\\d+)',
    icon: 'i-lucide-school',
    component: () => import('./RoomPanel.vue'),
  }),
  definePanel({
    id: 'classroom.lessons',
    titleKey: 'plugins.classroom.panels.lessons.title',
    path: '/lessons',
    section: 'people',
    action: 'lesson.read',
    icon: 'i-lucide-calendar-check',
    component: () => import('./LessonsPanel.vue'),
  }),
  definePanel({
    id: 'classroom.devices',
    titleKey: 'plugins.classroom.panels.devices.title',
    path: '/devices',
    section: 'administration',
    action: 'device.read',
    icon: 'i-lucide-radio-tower',
    component: () => import('./DevicesPanel.vue'),
  }),
  definePanel({
    id: 'classroom.timetable',
    titleKey: 'plugins.classroom.panels.timetable.title',
    path: '/timetable',
    section: 'administration',
    action: 'timetable.import',
    icon: 'i-lucide-calendar-days',
    component: () => import('./TimetablePanel.vue'),
  }),
]
